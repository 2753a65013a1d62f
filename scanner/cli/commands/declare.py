"""``pandian declare``."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from scanner.cli.files import write_whole
from scanner.cli.named import result_of, scan_here
from scanner.cli.options import SCAN_NAMES, Language, ScanOption, StorePlace, names_in
from scanner.cli.problems import UsageProblem
from scanner.cli.scanning import prepare
from scanner.running.surroundings import language

if TYPE_CHECKING:
    from scanner.forms import FilledForm
    from scanner.result import Result

EVERY, CALLED = "all", "called"
_OTHER_FILES = frozenset({".pdf", ".doc", ".xls", ".odt", ".ods", ".html", ".csv", ".txt", ".md"})


def command(  # noqa: PLR0913, PLR0917 -- one option each
    scan: Annotated[str | None, typer.Argument(metavar="SCAN", help=f"{SCAN_NAMES}; ./pandian-out.")] = None,
    form: Annotated[
        list[str] | None,
        typer.Option(
            "--form", help="Form to fill, again for more; 'all', or 'called' for what the scan calls for."
        ),
    ] = None,
    named: ScanOption = None,
    lang: Annotated[
        Language | None, typer.Option("--lang", help="Language of the form; zh, that of the authorities.")
    ] = None,
    facts: Annotated[
        Path | None, typer.Option("--facts", help="Facts file with what the organization declares.")
    ] = None,
    config: Annotated[
        Path | None,
        typer.Option("--config", help="pandian.yaml of the scan, for what it declares and the store."),
    ] = None,
    store: StorePlace = None,
    flow: Annotated[
        list[str] | None, typer.Option("--flow", help="Outbound flow to declare; all that are not exempt.")
    ] = None,
    answers: Annotated[
        Path | None,
        typer.Option("--answers", help="File of a person's answers to the blanks; made with all of them."),
    ] = None,
    output: Annotated[
        Path, typer.Option("--output", help="Folder for the forms, or one file ending in .docx or .xlsx.")
    ] = Path("pandian-out"),
    formats: Annotated[
        str, typer.Option("--format", help="Formats to write, separated by commas: docx, xlsx.")
    ] = "docx,xlsx",
    list_forms: Annotated[
        bool, typer.Option("--list", help="List the forms, and which of them the scan calls for.")
    ] = False,
) -> None:
    """Fill declaration forms from a scan: drafts for a person to complete, check and sign."""
    if list_forms:
        _list(scan or named or scan_here(), config, store, lang)
        return
    if not form:
        raise UsageProblem("Name a form by --form. `pandian declare --list` shows them.")
    result = result_of(scan or named, config, store)
    tongue = _tongue(lang, "zh")
    wanted = _formats(output, formats)
    filled = _filled(form, result, tongue, _declared(facts, config), flow or (), answers)
    for path in _written(filled, wanted, output, tongue):
        typer.echo(f"Wrote {path}", err=True)
    if not result.complete:
        _warn_of_gaps(len(result.not_scanned))


def _warn_of_gaps(entries: int) -> None:
    typer.echo(
        f"Incomplete scan: {entries} entries were not read; the first page of each form says which.", err=True
    )


def _filled(  # noqa: PLR0913, PLR0917 -- one parameter an option
    asked: Iterable[str],
    result: Result,
    tongue: Literal["zh", "en"],
    declared: tuple[list[Mapping[str, Any]], str],
    flows: Sequence[str],
    answers: Path | None,
) -> list[FilledForm]:
    from scanner.forms import UnknownForm, blanks_of, fill_form

    facts, where = declared
    try:
        names = _names(asked, result)
        blanks = {name: blanks_of(name, result, facts=facts, flows=flows) for name in names if answers}
        replies = _replies(answers, blanks) if answers else {}
        return [
            fill_form(
                name,
                result,
                lang=tongue,
                facts=facts,
                declared_in=where,
                flows=flows,
                replies=replies.get(name),
                replied_in=answers.name if answers else "",
            )
            for name in names
        ]
    except (UnknownForm, ValueError) as error:
        raise UsageProblem(str(error)) from error


def _replies(file: Path, blanks: Mapping[str, tuple[str, ...]]) -> Mapping[str, Mapping[str, str]]:
    """Return the answers in the file, after adding to it the blanks that it has not; none is taken away."""
    from scanner.forms.replies import parse_replies, with_blanks, written
    from scanner.user_files.documents import read_text

    known = parse_replies(read_text(file, "the file of answers"), str(file)) if file.exists() else {}
    complete = with_blanks(known, blanks)
    if complete != known:
        prepare(file.parent)
        write_whole(file, written(complete))
        typer.echo(f"Wrote {file}", err=True)
    for form, names in blanks.items():
        lost = [name for name, said in complete[form].items() if said and name not in names]
        for name in lost:
            typer.echo(f"{file}: form {form} has no blank '{name}' now; its answer is kept.", err=True)
    return complete


def _tongue(lang: Language | None, default: str) -> Literal["zh", "en"]:
    if lang is Language.BOTH:
        raise UsageProblem("--lang both: a form has one language. Write zh or en.")
    return "en" if (lang.value if lang else default) == "en" else "zh"


def _formats(output: Path, formats: str) -> tuple[str, ...]:
    from scanner.forms import FORMATS

    if output.suffix.lower().lstrip(".") in FORMATS:
        return (output.suffix.lower().lstrip("."),)
    if output.suffix.lower() in _OTHER_FILES and not output.is_dir():
        raise UsageProblem(
            f"--output {output}: forms are written as .docx and .xlsx. Name such a file, or a folder."
        )
    wanted = names_in(formats)
    unknown = [each for each in wanted if each not in FORMATS]
    if unknown or not wanted:
        raise UsageProblem(
            f"--format: no form format '{unknown[0] if unknown else ''}'. There are: {', '.join(FORMATS)}."
        )
    return wanted


def _names(asked: Iterable[str], result: Result) -> list[str]:
    from scanner.forms import find_form, findings_for, forms, load_forms, standing

    names: list[str] = []
    for name in asked:
        if name == EVERY:
            names += forms()
        elif name == CALLED:
            names += [
                form.id
                for form in load_forms().values()
                if standing(findings_for(form, result)) in {"met", "undetermined"}
            ]
        else:
            names.append(find_form(name).id)
    if not names:
        raise UsageProblem("The scan calls for no form. Name one by --form, or all of them by --form all.")
    return list(dict.fromkeys(names))


def _declared(facts: Path | None, config: Path | None) -> tuple[list[Mapping[str, Any]], str]:
    """Return what was declared in the files, the facts file winning, and the names of the files."""
    declared: list[Mapping[str, Any]] = []
    if config:
        from scanner.forms.declared import facts_of_config

        declared.append(facts_of_config(config, os.environ))
    if facts:
        from scanner.forms.declared import facts_of_file

        declared.append(facts_of_file(facts))
    return declared, ", ".join(path.name for path in (config, facts) if path)


def _written(
    forms: Sequence[FilledForm], formats: Iterable[str], output: Path, tongue: str
) -> Iterator[Path]:
    from scanner.forms import render

    alone = output.suffix.lower() in {".docx", ".xlsx"}
    if alone and len(forms) > 1:
        raise UsageProblem(
            f"--output {output}: names one file, but several forms are asked for. Name a folder."
        )
    prepare(output.parent if alone else output)
    for form in forms:
        for each in formats:
            suffix = "" if tongue == "zh" else f"-{tongue}"
            path = output if alone else output / f"{form.form}{suffix}.{each}"
            write_whole(path, render(form, each))
            yield path


def _list(scan: str | None, config: Path | None, store: str | None, lang: Language | None) -> None:
    """Show the forms; without a scan nobody knows which are called for."""
    result = result_of(scan, config, store) if scan else None
    typer.echo(_listed(result, _tongue(lang, language(os.environ))))


def _listed(result: Result | None, tongue: Literal["zh", "en"]) -> str:
    """Return the forms as lines: name, title, and whether the scan calls for it."""
    from scanner.forms import findings_for, load_forms, standing
    from scanner.forms._texts import text

    lines = []
    for form in load_forms().values():
        called = ""
        if result:
            called = text(f"list.{standing(findings_for(form, result))}", tongue)
        lines.append((form.id, called, form.title.said(tongue), form.source.said(tongue)))
    wide = max(len(line[0]) for line in lines)
    told = []
    for name, called, title, source in lines:
        state = f"  [{called}]" if called else ""
        told += [f"{name:{wide}}  {title}{state}", f"{'':{wide}}  {source}"]
    return "\n".join(told)

"""Columns of hashed and encrypted identifiers: personal information still (PIPL, article 4)."""

from __future__ import annotations

import base64
import hashlib
import importlib

import pyarrow as pa
import pytest

from classifiers import kernels

PHONES = [f"139{n * 7919 % 100_000_000:08d}" for n in range(200)]


def hashed(name):
    return [hashlib.new(name, phone.encode()).hexdigest() for phone in PHONES]


def encrypted(size):
    return [base64.b64encode(hashlib.sha512(phone.encode()).digest()[:size]).decode() for phone in PHONES]


FORMS = {
    "md5": hashed("md5"),
    "MD5": [value.upper() for value in hashed("md5")],
    "half an md5": [value[8:24] for value in hashed("md5")],
    "sha1": hashed("sha1"),
    "sha256": hashed("sha256"),
    "sha512": hashed("sha512"),
    "a block": encrypted(16),
    "two blocks": encrypted(32),
    "with nonce and tag": encrypted(39),
}
HEADERS = {
    "phone_md5": "mobile",
    "phoneMd5": "mobile",
    "md5_phone": "mobile",
    "mobile_sha256": "mobile",
    "phone_encrypt": "mobile",
    "手机号密文": "mobile",
    "手机号（加密）": "mobile",
    "身份证号MD5": "id_card",
    "id_card_hash": "id_card",
    "idcard": "id_card",
    "sfzh": "id_card",
    "email_sha1": "email",
    "bank_card_enc": "bank_card",
    "imei_md5": "imei",
    "real_name_sm4": "person_name",
}
OTHERS = (
    "hash",
    "file_md5",
    "文件摘要",
    "checksum",
    "etag",
    "sign",
    "trace_id",
    "commit_sha1",
    "c7",
    "remark",
)


@pytest.mark.parametrize("form", FORMS)
def test_the_header_says_what_was_hashed(tags_of, form):
    (tag,) = tags_of(FORMS[form], "mobile").values()

    assert (tag.type, tag.form) == ("mobile", "pseudonymous")
    assert any(evidence.detail == "hashed or encrypted" for evidence in tag.evidence)


@pytest.mark.parametrize("header", HEADERS)
def test_words_for_hashing_do_not_hide_what_was_hashed(tags_of, header):
    found = tags_of(FORMS["md5"], header)

    assert {tag.type: tag.form for tag in found.values()} == {HEADERS[header]: "pseudonymous"}


@pytest.mark.parametrize("header", OTHERS)
def test_other_digests_are_about_nobody(tags_of, header):
    assert not {name for name in tags_of(FORMS["md5"], header) if name not in ("password", "device_id")}


def test_plain_values_under_such_a_header_are_plain(tags_of):
    assert tags_of(PHONES, "phone_md5")["mobile"].form == "plain"


def test_a_column_of_some_hashes_is_what_most_values_are(tags_of):
    mixed = [phone if n % 3 else FORMS["md5"][n] for n, phone in enumerate(PHONES)]

    assert tags_of(mixed, "phone")["mobile"].form == "plain"


def test_a_machine_that_refuses_md5_for_security_still_works(monkeypatch):
    new = hashlib.new

    def refusing(name, data=b"", *, usedforsecurity=True):
        if name == "md5" and usedforsecurity:
            raise ValueError("disabled for FIPS")
        return new(name, data, usedforsecurity=usedforsecurity)

    monkeypatch.setattr(hashlib, "new", refusing)
    module = importlib.reload(importlib.import_module("classifiers.kernels._pseudonyms"))
    assert module.is_pseudonym(pa.array(FORMS["md5"])).all()


NULL = None
TOLD = {  # value of a phone, and the text by which equal ones are known
    "d41d8cd98f00b204e9800998ecf8427e": NULL,  # of nothing
    "0A1B2C3D4E5F60718293A4B5C6D7E8F9": "0a1b2c3d4e5f60718293a4b5c6d7e8f9",
    "0a1b2c3d4e5f6071": "0a1b2c3d4e5f6071",
    "0a1b2c3d4e5f60718293": NULL,  # no hash has ten bytes
    "q83vEjRWeJCrze8SNFZ4kA==": "q83vEjRWeJCrze8SNFZ4kA",
    "q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA=": NULL,  # room for a nonce
    "13912345678": NULL,
    "1234567890123456": NULL,  # a number, and no hash
    "": NULL,
}


def test_what_leaves_no_room_for_a_nonce_is_the_same_for_equal_values():
    found = kernels.pseudonyms("mobile", pa.array([*TOLD, None]))

    assert found.to_pylist() == [*TOLD.values(), None]


def test_longer_values_take_two_blocks():
    two = "q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA="

    assert kernels.pseudonyms("id_card", pa.array([two])).to_pylist() == [two.rstrip("=")]

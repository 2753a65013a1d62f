import json
def test_first(pandian, make_people, write_sqlite, tmp_path):
    people = make_people(200)
    db = write_sqlite(tmp_path / "crm.sqlite", "customer", ["id","xm","sfzh","sjh","yx"], [(i, p.name, p.id_card, p.mobile, p.email) for i,p in enumerate(people)])
    o = pandian("scan", db, "--format", "json,html,text")
    print(o.code, o.err); print(o.out)
    s = o.scan
    print(json.dumps(s["organization"], ensure_ascii=False, indent=1)[:3000])
    print([(c["name"], [t["type"] for t in c["tags"]]) for c in s["datasets"][0]["tables"][0]["columns"]])
    print(list(o.folder.iterdir()))
    for p in people:
        for v in (p.name, p.id_card, p.mobile, p.email):
            assert v.encode() not in o.written

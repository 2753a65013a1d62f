"""Templates, photographs and vectors, however they are stored."""

from __future__ import annotations

import base64
import json

import numpy as np
import pyarrow as pa
import pytest

VECTORS = np.random.default_rng(3).normal(size=(40, 64))


@pytest.mark.parametrize(
    "written",
    [
        lambda v: " ".join(f"{x:.4f}" for x in v),
        lambda v: ",".join(f"{x:.4f}" for x in v),
        lambda v: "|".join(f"{x:.4f}" for x in v),
        lambda v: "{" + ", ".join(f"{x:.4f}" for x in v) + "}",
        lambda v: v.astype("<f4").tobytes(),
        lambda v: v.astype("<f8").tobytes(),
        lambda v: base64.urlsafe_b64encode(v.astype("<f4").tobytes()).decode().rstrip("="),
    ],
)
def test_a_vector_is_one_however_it_is_stored(tags_of, written):
    values = [written(vector) for vector in VECTORS]
    assert set(tags_of(values, "面部特征向量")) == {"face_embedding"}
    assert set(tags_of(values, "语音模板")) == {"voiceprint"}
    assert not tags_of(values, "c7")


@pytest.mark.parametrize(
    "array",
    [
        lambda v: pa.array(v, pa.list_(pa.float32())),
        lambda v: pa.array(v, pa.list_(pa.float32(), 128)),
        lambda v: pa.array(v, pa.large_list(pa.float64())),
        lambda v: pa.array([json.dumps(x) for x in v]),
    ],
    ids=["list", "fixed-size list", "large list", "json"],
)
def test_vectors_are_named_by_their_header(make, tags_of, array):
    vectors = array(make("vector", 20))
    assert set(tags_of(vectors, "人脸特征")) == {"face_embedding"}
    assert set(tags_of(vectors, "voiceprint")) == {"voiceprint"}
    assert not tags_of(vectors, "c7")
    assert not tags_of(vectors, "商品向量")


@pytest.mark.parametrize("kind", [pa.binary(), pa.large_binary(), pa.binary_view(), pa.binary(64)])
def test_a_template_is_known_by_its_first_bytes_in_every_binary_type(tags_of, kind):
    template = (b"FMR\x00 20\x00" + bytes(range(64)))[:64]
    assert set(tags_of(pa.array([template] * 30, kind))) == {"fingerprint"}


@pytest.mark.parametrize("encode", [bytes, lambda b: base64.b64encode(b).decode(), lambda b: b.hex().upper()])
@pytest.mark.parametrize(
    ("kind", "pi_type", "header"),
    [
        ("fingerprint", "fingerprint", "c7"),
        ("iris", "iris", "c7"),
        ("face_record", "face_image", "c7"),
        ("jpeg", "face_image", "face_photo"),
        ("packed_vector", "face_embedding", "face_feature"),
    ],
)
def test_biometrics_are_found_in_any_encoding(make, tags_of, kind, pi_type, header, encode):
    assert set(tags_of([encode(value) for value in make(kind, 20)], header)) == {pi_type}


def test_photographs_are_found_in_data_uris(make, tags_of):
    texts = ["data:image/jpeg;base64," + base64.b64encode(value).decode() for value in make("jpeg", 20)]
    assert set(tags_of(texts, "证件照")) == {"face_image"}
    assert not tags_of(texts, "product_img")

"""Certificates, items, cases, telephones, masks: real samples and the promise that every single error is noticed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yijianshi.kernel.identifiers import case_number, certificate_id, item_code, masks, phone
from yijianshi.kernel.identifiers.checksums import DIGITS_AND_CAPITALS
from yijianshi.kernel.identifiers.problem import BadIdentifier, Level

CERTIFICATES = [
    "1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230000403.001.U",
    "1.2.156.3005.2.11100000000013338W009.11330105002500287C.2025052201.002.0",
    "1.2.156.3005.2.11100000000013338W032.11220000013544541J.2430599.001.F",
    "1.2.156.3005.2.11100000MB03271699022.340100.000000016.001.9",  # the issuer is a region, not a credit code
]
case_numbers = st.builds(
    case_number.compose,
    st.sampled_from(["410105", "419001"]),
    st.dates(date(2026, 1, 1), date(2027, 1, 1)),
    st.integers(1, 99_999_999),
)


@pytest.mark.parametrize("text", CERTIFICATES)
def test_real_certificate_identifiers_pass_and_round_trip(text):
    assert certificate_id.check_certificate_id(text) is None
    parts = certificate_id.parse_certificate_id(text.lower())
    assert str(parts) == text
    assert certificate_id.compose_certificate_id(parts.type_code, parts.issuer, parts.serial, int(parts.version)) == text


def test_a_reissued_certificate_gets_the_next_version():
    after = certificate_id.parse_certificate_id(certificate_id.next_version(certificate_id.parse_certificate_id(CERTIFICATES[0])))
    assert (after.serial, after.version) == ("20230000403", "002")
    last = certificate_id.CertificateId(after.type_code, after.issuer, after.serial, "999", "0")
    with pytest.raises(ValueError, match="no certificate identifier"):
        certificate_id.next_version(last)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", "shape"),
        (CERTIFICATES[0][:-2], "shape"),
        (CERTIFICATES[0].replace("3005", "3006"), "shape"),
        (CERTIFICATES[0][:-1] + "V", "check"),
        (CERTIFICATES[0].replace("20230000403", "20230000430"), "check"),
    ],
)
def test_wrong_certificate_identifiers(text, kind):
    problem = certificate_id.check_certificate_id(text)
    assert problem is not None
    assert problem.kind == kind
    with pytest.raises(BadIdentifier):
        certificate_id.parse_certificate_id(text)


@given(st.sampled_from(CERTIFICATES), st.integers(15, 80), st.sampled_from(DIGITS_AND_CAPITALS))
def test_every_single_wrong_character_of_a_certificate_is_noticed(text, position, character):
    if position < len(text) and text[position] not in (".", character):
        assert certificate_id.check_certificate_id(text[:position] + character + text[position + 1 :]) is not None


def test_case_number_reads_well_and_forgives_typing():
    number = case_number.compose("410105", date(2026, 11, 22), 17)
    assert number[:-1] == "410105-20261122-00000017-"
    for typed in (number, number.replace("-", ""), number.lower(), number.replace("-", " "), number.replace("-", "—")):
        parts = case_number.parse_case_number(typed)
        assert (parts.region, parts.received_on, parts.serial) == ("410105", date(2026, 11, 22), 17)
        assert str(parts) == number


@pytest.mark.parametrize(("text", "kind"), [("410105", "shape"), ("410105-20260231-00000017-A", "day"), ("", "shape")])
def test_wrong_case_numbers(text, kind):
    problem = case_number.check_case_number(text)
    assert problem is not None
    assert problem.kind == kind
    with pytest.raises(BadIdentifier):
        case_number.parse_case_number(text)


def test_case_numbers_out_of_form_are_not_made():
    for region, serial in (("41010", 1), ("410105", 0), ("410105", 100_000_000)):
        with pytest.raises(ValueError, match="no case number"):
            case_number.compose(region, date(2026, 1, 1), serial)


@given(case_numbers, st.integers(0, 25), st.sampled_from(DIGITS_AND_CAPITALS))
def test_every_single_wrong_character_of_a_case_number_is_noticed(number, position, character):
    if number[position] not in ("-", character):
        assert case_number.check_case_number(number[:position] + character + number[position + 1 :]) is not None


@pytest.mark.parametrize(
    ("code", "shape", "body", "level", "catalog", "serial"),
    [
        ("370117002011", "CATALOG", "", "", "370117002011", ""),
        ("11370800MB285591843370117002011", "TASK", "11370800MB28559184", "3", "370117002011", ""),
        ("12441500196720244T3442199806003", "TASK", "12441500196720244T", "3", "442199806003", ""),
        ("11370800MB28559184337011700201101", "HANDLING", "11370800MB28559184", "3", "370117002011", "01"),
    ],
)
def test_item_codes_of_the_national_shapes(code, shape, body, level, catalog, serial):
    assert item_code.check_item_code(code) is None
    assert item_code.parse_item_code(code) == item_code.ItemCode(code, shape, body, level, catalog, serial)


def test_local_item_codes_are_kept_and_asked_about():
    sichuan = "511A0138000000-511602000000-000-115113010833722043-1-00"
    problem = item_code.check_item_code(sichuan)
    assert problem is not None
    assert (problem.kind, problem.level) == ("shape", Level.WARNING)
    assert item_code.parse_item_code(sichuan).shape == "LOCAL"
    profile = item_code.profile_from_mapping(
        "四川", {"LOCAL_TASK": r".{14}-[0-9]{12}-[0-9]{3}-(?P<body>[0-9A-Z]{18})-[0-9]+-[0-9]{2}"}
    )
    assert item_code.check_item_code(sichuan, profile) is None
    assert item_code.parse_item_code(sichuan, profile).body == "115113010833722043"


def test_item_codes_with_a_doubtful_body_or_bad_characters():
    doubtful = item_code.check_item_code("11370800MB285591853370117002011")
    assert doubtful is not None
    assert (doubtful.kind, doubtful.level, doubtful.part) == ("body", Level.WARNING, (0, 18))
    for bad in ("", "A" * 65, "编码", "A/B"):
        with pytest.raises(BadIdentifier):
            item_code.parse_item_code(bad)


@pytest.mark.parametrize(
    ("text", "number", "kind", "extension"),
    [
        ("138 0000 0000", "13800000000", "MOBILE", ""),
        ("+86 138-0000-0000", "13800000000", "MOBILE", ""),
        ("0086138 0000 0000", "13800000000", "MOBILE", ""),
        ("0371-65900000", "0371-65900000", "LANDLINE", ""),
        ("037165900000转123", "0371-65900000", "LANDLINE", "123"),
        ("010-65900000-8", "010-65900000", "LANDLINE", "8"),
        ("0391-6590000", "0391-6590000", "LANDLINE", ""),
    ],
)
def test_telephones(text, number, kind, extension):
    parsed = phone.parse_phone(text)
    assert (parsed.number, parsed.kind, parsed.extension) == (number, kind, extension)


@pytest.mark.parametrize(
    ("text", "kind"),
    [("1380000000", "length"), ("12800000000", "shape"), ("65900000", "shape"), ("010-6590000", "shape"), ("", "shape")],
)
def test_wrong_telephones(text, kind):
    problem = phone.check_phone(text)
    assert problem is not None
    assert problem.kind == kind
    with pytest.raises(BadIdentifier):
        phone.parse_phone(text)


@pytest.mark.parametrize(
    ("mask", "plain", "shown"),
    [
        (masks.mask_id_number, "41010519900101001X", "410105********001X"),
        (masks.mask_id_number, "H12345678", "*******78"),
        (masks.mask_id_number, "123", "***"),
        (masks.mask_phone, "13800000000", "138****0000"),
        (masks.mask_phone, "0371-65900000", "0371-****0000"),
        (masks.mask_phone, "0371-6590000", "0371-*******"),
        (masks.mask_phone, "12345", "***45"),
        (masks.mask_name, "张三丰", "张**"),
        (masks.mask_name, "阿不都·热依木", "阿**·***"),
        (masks.mask_name, "Li Hua", "L* ***"),
        (masks.mask_name, "", ""),
        (masks.mask_account, "6217 0000 1111 2222", "****2222"),
        (masks.mask_account, "1234567", "********"),
    ],
)
def test_masks(mask, plain, shown):
    assert mask(plain) == shown


@pytest.mark.parametrize(
    ("body", "level", "catalog", "task"),
    [
        ("11370800MB28559184", "3", "370117002011", "11370800MB285591843370117002011"),
        ("12441500196720244T", "3", "442199806003", "12441500196720244T3442199806003"),
    ],
)
def test_real_item_codes_are_put_together(body, level, catalog, task):
    assert item_code.compose_task_code(body, level, catalog) == task
    handling = item_code.compose_handling_code(task, "01")
    assert item_code.parse_item_code(handling).serial == "01"


@pytest.mark.parametrize(
    ("body", "level", "catalog", "kind"),
    [
        ("11370800MB28559185", "3", "370117002011", "body"),
        ("11370800MB2855918", "3", "370117002011", "shape"),
        ("11370800MB28559184", "", "370117002011", "shape"),
        ("11370800MB28559184", "3", "37011700201", "shape"),
    ],
)
def test_item_codes_that_do_not_fit_are_not_made(body, level, catalog, kind):
    with pytest.raises(BadIdentifier) as refused:
        item_code.compose_task_code(body, level, catalog)
    assert refused.value.problem.kind == kind


def test_a_handling_serial_has_two_places():
    with pytest.raises(BadIdentifier):
        item_code.compose_handling_code("11370800MB285591843370117002011", "1")

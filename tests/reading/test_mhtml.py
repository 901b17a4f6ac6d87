"""Pages saved as one file are read as they are shown: the page, and the frames where they stand in it."""

from __future__ import annotations

from email.encoders import encode_base64, encode_quopri
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from typing import TYPE_CHECKING

import pytest

from disclosure_spec import limits
from disclosure_spec.errors import InputError
from disclosure_spec.grid import Paragraph
from disclosure_spec.reading import read
from disclosure_spec.reading.mhtml import read_mhtml

if TYPE_CHECKING:
    from tests.reading.conftest import Sample

SITE = "http://www.example.gov.cn/a/"


def part(
    text: str, charset: str = "utf-8", encoding: str = "quoted-printable", **headers: str
) -> MIMENonMultipart:
    """Return one page of such a file; headers are named with an underline for the hyphen."""
    made = MIMENonMultipart("text", "html", charset=charset)
    made.set_payload(text.encode(charset))
    (encode_base64 if encoding == "base64" else encode_quopri)(made)
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    return made


def saved(*parts: MIMENonMultipart) -> bytes:
    """Return a page saved as one file."""
    whole = MIMEMultipart("related")
    whole["Snapshot-Content-Location"] = SITE
    for one in parts:
        whole.attach(one)
    return whole.as_bytes()


def shown(data: bytes) -> list[str]:
    """Return the paragraphs of a file."""
    return [block.text for block in read_mhtml(data).blocks if isinstance(block, Paragraph)]


@pytest.mark.parametrize(("charset", "encoding"), [("utf-8", "quoted-printable"), ("gb2312", "base64")])
def test_a_saved_report_is_read_whole(sample: Sample, charset: str, encoding: str) -> None:
    """Whatever its characters are packed in, a page saved as one file is the page."""
    page = sample.page().replace("utf-8", charset)

    reading = read(saved(part(page, charset, encoding)))

    assert reading.format == "mhtml"
    assert not sample.wrong(reading)
    assert not reading.unread


@pytest.mark.parametrize(
    ("source", "headers"),
    [
        ("cid:f1@mhtml.blink", {"Content_ID": "<f1@mhtml.blink>"}),
        ("b/inner.html", {"Content_Location": f"{SITE}b/inner.html"}),
        ("Book1.files/sheet001.htm", {"Content_Location": "Book1.files/sheet001.htm"}),
    ],
)
def test_frames_are_read_where_they_stand(source: str, headers: dict[str, str]) -> None:
    """What a frame shows is read between what stands before and behind it, known by its name or address."""
    frame = f"<iframe src='{source}'><p>不支持</p></iframe>"
    main = part(f"<p>一、前</p>{frame}<p>后</p>", Content_Location=f"{SITE}x.html")
    other = part("<p>另一页</p>", Content_Location=f"{SITE}other.html")

    assert shown(saved(main, other, part("<p>框内</p>", **headers))) == ["一、前", "框内", "后", "另一页"]


def test_a_frameset_shows_its_pages() -> None:
    """A workbook saved as a page has only frames of its own."""
    main = part("<frameset><frame src='1.htm'><frame src='tabs.htm'></frameset>", Content_Location="m")
    sheets = [part(f"<p>一、{at}</p>", Content_Location=f"{at}.htm") for at in "12"]

    assert shown(saved(main, *sheets)) == ["一、1", "一、2"]


def test_a_frame_that_shows_itself_ends() -> None:
    """Each page is shown once, so frames cannot go round in a circle."""
    main = part("<p>一、甲</p><iframe src='b'></iframe>", Content_Location="a")
    inner = part("<p>乙</p><iframe src='b'></iframe><iframe src='a'></iframe>", Content_Location="b")

    assert shown(saved(main, inner)) == ["一、甲", "乙"]


def nested(depth: int) -> bytes:
    """Return parts inside one another."""
    lines = [f"Content-Type: multipart/mixed; boundary=b{level}\n\n--b{level}" for level in range(depth)]
    return "\n".join([*lines, "Content-Type: text/html\n\n<p>甲</p>"]).encode()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x--", "mhtml.no_page"),
        (nested(limits.MAX_MHTML_DEPTH + 1), "mhtml.too_deep"),
        (saved(*[part("<p>甲</p>")] * (limits.MAX_MHTML_PARTS + 1)), "mhtml.too_many_parts"),
        (saved(part("甲" * (limits.MAX_HTML_BYTES // 3 + 1), encoding="base64")), "mhtml.too_large"),
    ],
    ids=["empty", "deep", "many", "large"],
)
def test_what_is_no_saved_page_is_refused(data: bytes, code: str) -> None:
    """A file without a page, or with more than a page has, ends in an error."""
    with pytest.raises(InputError) as caught:
        read(data)

    assert caught.value.code == code

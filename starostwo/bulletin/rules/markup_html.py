"""The markup of the bulletin as accessible HTML; every word of the text is escaped, nothing else gets in."""

from html import escape

from starostwo.bulletin.rules.markup import Block, Span, Spans, blocks

SAFE_STARTS = ("https://", "http://", "mailto:", "tel:", "/", "#")


def to_html(text: str) -> str:
    """Return the HTML of a text that was checked by `faults`; headings start below the page's own h1."""
    return "\n".join(_block(block) for block in blocks(text))


def is_safe_address(address: str) -> bool:
    """Whether a link may lead there: the web, mail, telephone or a page of ours; never a script."""
    return address.startswith(SAFE_STARTS) and not address.startswith("//")


def _block(block: Block) -> str:
    match block.kind:
        case "heading":
            level = min(max(block.level, 2), 4)
            size = {2: "m", 3: "s", 4: "s"}[level]
            return f'<h{level} class="govuk-heading-{size}">{_words(block.items[0])}</h{level}>'
        case "numbered":
            start = f' start="{block.start}"' if block.start != 1 else ""
            return f'<ol class="govuk-list govuk-list--number"{start}>{_items(block)}</ol>'
        case "bulleted":
            return f'<ul class="govuk-list govuk-list--bullet">{_items(block)}</ul>'
        case "table":
            return _table(block)
        case "rule":
            return ""
    return f'<p class="govuk-body">{_words(block.items[0])}</p>'


def _items(block: Block) -> str:
    return "".join(f"<li>{_words(item)}</li>" for item in block.items)


def _table(block: Block) -> str:
    head, body = (block.rows[:1], block.rows[1:]) if block.has_header else ((), block.rows)
    top = "".join(f'<th scope="col">{_words(cell)}</th>' for row in head for cell in row)
    rows = "".join("<tr>" + "".join(f"<td>{_words(cell)}</td>" for cell in row) + "</tr>" for row in body)
    head_html = f"<thead><tr>{top}</tr></thead>" if top else ""
    return (
        '<div class="st-scroll" role="region" aria-label="Tabela" tabindex="0"><table class="govuk-table">'
        f"{head_html}<tbody>{rows}</tbody></table></div>"
    )


def _words(spans: Spans) -> str:
    return "".join(_span(span) for span in spans)


def _span(span: Span) -> str:
    words = escape(span.text)
    if span.bold:
        return f"<strong>{words}</strong>"
    if span.address and is_safe_address(span.address):
        return f'<a class="govuk-link" href="{escape(span.address)}">{words}</a>'
    return words

"""A page with the blocks of one of our news."""

from django.db import models
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.models import Page


class NewsPage(Page):
    """Title, lead and a body of headings, paragraphs and lists."""

    lead = models.TextField(blank=True)
    published_by = models.CharField(max_length=200)
    body = StreamField(
        [
            ("heading", blocks.CharBlock()),
            ("paragraph", blocks.RichTextBlock()),
            ("list", blocks.ListBlock(blocks.CharBlock())),
        ]
    )
    template = "anchor/news.html"

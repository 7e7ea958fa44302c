import pytest
from slack_sdk.models import blocks as sdk
from slack_sdk.models.blocks.block_elements import InputInteractiveElement, InteractiveElement
from slack_sdk.models.views import View

from bolt_understudy.block_kit import limits
from tests.facts.kept import kept
from tests.support.block_kit_samples import BLOCKS

OURS: dict[str, int | tuple[int, int]] = {
    "surface/message.blocks/max": limits.MESSAGE_BLOCKS,
    "surface/modal.blocks/max": limits.VIEW_BLOCKS,
    "surface/home.blocks/max": limits.VIEW_BLOCKS,
    "surface/view.title/max": limits.VIEW_TITLE,
    "surface/view.submit/max": limits.VIEW_TITLE,
    "surface/view.close/max": limits.VIEW_TITLE,
    "surface/view.private_metadata/max": limits.VIEW_PRIVATE_METADATA,
    "surface/view.callback_id/max": limits.VIEW_CALLBACK_ID,
    "surface/view.external_id/max": limits.VIEW_EXTERNAL_ID,
    "ids/block_id/max": limits.BLOCK_ID,
    "ids/action_id/max": limits.ACTION_ID,
    "objects/text_object/min": limits.TEXT[0],
    "objects/text_object/max": limits.TEXT[1],
    "objects/option.text/max": limits.OPTION_TEXT,
    "objects/option.description/max": limits.OPTION_TEXT,
    "objects/option.value/max": limits.OPTION_VALUE,
    "objects/option.url/max": limits.OPTION_URL,
    "objects/option_group.label/max": limits.GROUP_LABEL,
    "objects/option_group.options/max": limits.GROUP_OPTIONS,
    "objects/confirm.title/max": limits.CONFIRM_TITLE,
    "objects/confirm.text/max": limits.CONFIRM_TEXT,
    "objects/confirm.confirm/max": limits.CONFIRM_BUTTON,
    "objects/confirm.deny/max": limits.CONFIRM_BUTTON,
    "objects/placeholder/max": limits.PLACEHOLDER,
    "blocks/section.text/min": limits.TEXT[0],
    "blocks/section.text/max": limits.SECTION_TEXT,
    "blocks/section.fields/max_items": limits.SECTION_FIELDS,
    "blocks/section.fields/item_max": limits.SECTION_FIELD,
    "blocks/header.text/max": limits.HEADER_TEXT,
    "blocks/context.elements/max": limits.CONTEXT_ELEMENTS,
    "blocks/actions.elements/max": limits.ACTIONS_ELEMENTS,
    "blocks/context_actions.elements/max": limits.CONTEXT_ACTIONS_ELEMENTS,
    "blocks/image.image_url/max": limits.IMAGE_URL,
    "blocks/image.alt_text/max": limits.IMAGE_ALT_TEXT,
    "blocks/image.title/max": limits.IMAGE_TITLE,
    "blocks/input.label/max": limits.INPUT_LABEL,
    "blocks/input.hint/max": limits.INPUT_LABEL,
    "blocks/markdown.text/max": limits.MARKDOWN_TEXT,
    "blocks/table/rows": limits.TABLE_ROWS,
    "blocks/table/columns": limits.TABLE_COLUMNS,
    "blocks/table/column_settings": limits.TABLE_COLUMNS,
    "blocks/table/chars_all_tables_in_message": limits.TABLE_CHARACTERS,
    "blocks/table/per_message": limits.TABLES_PER_MESSAGE,
    "blocks/data_table/rows_incl_header": limits.DATA_TABLE_ROWS,
    "blocks/data_table/columns": limits.DATA_TABLE_COLUMNS,
    "blocks/data_table/page_size": limits.DATA_TABLE_PAGE_SIZE,
    "blocks/data_table/chars_all_tables_in_message": limits.DATA_TABLE_CHARACTERS,
    "blocks/data_visualization/per_message": limits.CHARTS_PER_MESSAGE,
    "blocks/data_visualization/title": limits.CHART_TITLE,
    "blocks/data_visualization/pie_segments": limits.CHART_SEGMENTS,
    "blocks/data_visualization/series": limits.CHART_SERIES,
    "blocks/data_visualization/points": limits.CHART_POINTS,
    "blocks/data_visualization/labels": limits.CHART_LABEL,
    "blocks/data_visualization/axis_label": limits.CHART_AXIS,
    "blocks/container/title": limits.CONTAINER_TITLE,
    "blocks/container/subtitle": limits.CONTAINER_TITLE,
    "blocks/container/child_blocks": limits.CONTAINER_BLOCKS[1],
    "blocks/card/title": limits.CARD_TITLE,
    "blocks/card/subtitle": limits.CARD_TITLE,
    "blocks/card/body": limits.CARD_BODY,
    "blocks/carousel.elements": limits.CAROUSEL_CARDS,
    "blocks/video/title_lt": limits.VIDEO_TITLE + 1,
    "blocks/video/description_lt": limits.VIDEO_TITLE + 1,
    "blocks/video/author_name_lt": limits.VIDEO_AUTHOR + 1,
    "elements/button.text/max": limits.BUTTON_TEXT,
    "elements/button.value/max": limits.BUTTON_VALUE,
    "elements/button.url/max": limits.BUTTON_URL,
    "elements/button.accessibility_label/max": limits.BUTTON_TEXT,
    "elements/checkboxes.options/max": limits.CHOICES[1],
    "elements/radio_buttons.options/max": limits.CHOICES[1],
    "elements/overflow.options/max": limits.OVERFLOW_OPTIONS[1],
    "elements/select.options/max": limits.SELECT_OPTIONS[1],
    "elements/select.option_groups/max": limits.SELECT_OPTIONS[1],
    "elements/plain_text_input.min_length/range": limits.INPUT_MIN_LENGTH,
    "elements/plain_text_input.max_length/range": limits.INPUT_MAX_LENGTH,
    "elements/rich_text_input.min_lines/range": limits.INPUT_LINES,
    "elements/rich_text_input.max_lines/range": limits.INPUT_LINES,
    "elements/file_input/max_files": limits.FILES[1],
}
ELSEWHERE = {
    # bytes, stacks and texts that are not Block Kit
    "surface/view.bytes/max_kb",
    "surface/view.stack_depth/max",
    "surface/message.text/recommended",
    "surface/message.text/truncated_over",
    "surface/chat.update.text/max",
    "surface/chat.postEphemeral.text_bytes/max",
    "surface/markdown_text/max",
    "surface/message.attachments/max",
    "surface/message.contact_cards/max",
    # what a client shows or assumes
    "blocks/data_table/page_size_default",
    "elements/button.text/display",
    "elements/external_select.min_query_length_default",
    "elements/rich_text_input.max_lines/default",
    # an answer of the app, and uploads
    "elements/external_select.response_options/max",
    "elements/file_input/file_mb",
}
SDK = {
    "section text": (sdk.SectionBlock.text_max_length, limits.SECTION_TEXT),
    "section fields": (sdk.SectionBlock.fields_max_length, limits.SECTION_FIELDS),
    "header": (sdk.HeaderBlock.text_max_length, limits.HEADER_TEXT),
    "context": (sdk.ContextBlock.elements_max_length, limits.CONTEXT_ELEMENTS),
    "actions": (sdk.ActionsBlock.elements_max_length, limits.ACTIONS_ELEMENTS),
    "image address": (sdk.ImageBlock.image_url_max_length, limits.IMAGE_URL),
    "image alt_text": (sdk.ImageBlock.alt_text_max_length, limits.IMAGE_ALT_TEXT),
    "image title": (sdk.ImageBlock.title_max_length, limits.IMAGE_TITLE),
    "input label": (sdk.InputBlock.label_max_length, limits.INPUT_LABEL),
    "input hint": (sdk.InputBlock.hint_max_length, limits.INPUT_LABEL),
    "block_id": (sdk.Block.block_id_max_length, limits.BLOCK_ID),
    "action_id": (InteractiveElement.action_id_max_length, limits.ACTION_ID),
    "placeholder": (InputInteractiveElement.placeholder_max_length, limits.PLACEHOLDER),
    "button text": (sdk.ButtonElement.text_max_length, limits.BUTTON_TEXT),
    "button value": (sdk.ButtonElement.value_max_length, limits.BUTTON_VALUE),
    "button url": (sdk.ButtonElement.url_max_length, limits.BUTTON_URL),
    "option text": (sdk.Option.label_max_length, limits.OPTION_TEXT),
    "option value": (sdk.Option.value_max_length, limits.OPTION_VALUE),
    "group label": (sdk.OptionGroup.label_max_length, limits.GROUP_LABEL),
    "group options": (sdk.OptionGroup.options_max_length, limits.GROUP_OPTIONS),
    "confirm title": (sdk.ConfirmObject.title_max_length, limits.CONFIRM_TITLE),
    "confirm text": (sdk.ConfirmObject.text_max_length, limits.CONFIRM_TEXT),
    "confirm button": (sdk.ConfirmObject.confirm_max_length, limits.CONFIRM_BUTTON),
    "overflow": (sdk.OverflowMenuElement.options_max_length, limits.OVERFLOW_OPTIONS[1]),
    "select": (sdk.StaticSelectElement.options_max_length, limits.SELECT_OPTIONS[1]),
    "view title": (View.title_max_length, limits.VIEW_TITLE),
    "view blocks": (View.blocks_max_length, limits.VIEW_BLOCKS),
    "private_metadata": (View.private_metadata_max_length, limits.VIEW_PRIVATE_METADATA),
    "callback_id": (View.callback_id_max_length, limits.VIEW_CALLBACK_ID),
}


def test_the_figures_are_slacks() -> None:
    """Every figure that Slack documents is checked with that very number, or named as not ours."""
    given = {
        path: tuple(figure) if isinstance(figure, list) else figure
        for path, figure in kept("limits")["figures"].items()
    }
    assert {path: given[path] for path in given if path not in ELSEWHERE} == OURS
    assert given.keys() >= ELSEWHERE


def test_the_surfaces_are_slacks() -> None:
    """A block that Slack keeps to some surfaces passes on just those."""
    ours = {block["type"]: surfaces for block, surfaces in BLOCKS}
    for name, surfaces in kept("limits")["surfaces"].items():
        assert ours[name.partition(".")[0]] == set(surfaces), name


@pytest.mark.parametrize("name", SDK)
def test_the_figures_are_those_of_the_sdk(name: str) -> None:
    """A length that Slack's own SDK checks is the same length here."""
    theirs, ours = SDK[name]
    assert ours == theirs

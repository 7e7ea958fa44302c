"""The limits beyond which Slack refuses a payload, as data.

Texts are counted in characters. A pair is the minimum and the maximum. Sources, in brackets: D a
page of docs.slack.dev, T the type definitions `@slack/types` 3.2.0, P the checks in `slack_sdk`
3.48.0, S Slack's own block-kit skill, K transcribed from the block pages.
"""

# surfaces
MESSAGE_BLOCKS = 50  # S
VIEW_BLOCKS = 100  # D surfaces/modals, surfaces/app-home
VIEW_TITLE = 24  # D surfaces/modals; submit and close are the same
VIEW_PRIVATE_METADATA = 3000  # D surfaces/modals
VIEW_CALLBACK_ID = 255  # D surfaces/modals
VIEW_EXTERNAL_ID = 255  # D methods/views.update

# names that an app gives
BLOCK_ID = 255  # T
ACTION_ID = 255  # T

# composition objects
TEXT = (1, 3000)  # T
OPTION_TEXT = 75  # T; descriptions are the same
OPTION_VALUE = 150  # D option-object, P; T says 75
OPTION_URL = 3000  # T
GROUP_LABEL = 75  # T
GROUP_OPTIONS = 100  # T
CONFIRM_TITLE = 100  # T, P
CONFIRM_TEXT = 300  # T, P
CONFIRM_BUTTON = 30  # T, P; confirm and deny
PLACEHOLDER = 150  # D select-menu-element

# blocks
SECTION_TEXT = 3000  # T, K
SECTION_FIELDS = 10  # T, K
SECTION_FIELD = 2000  # T, K
HEADER_TEXT = 150  # T
HEADER_LEVEL = (1, 4)  # K
CONTEXT_ELEMENTS = 10  # T, K
ACTIONS_ELEMENTS = 25  # T
CONTEXT_ACTIONS_ELEMENTS = 5  # T, K
IMAGE_URL = 3000  # T, P
IMAGE_ALT_TEXT = 2000  # T, P
IMAGE_TITLE = 2000  # T, P
INPUT_LABEL = 2000  # T, K; hints are the same
MARKDOWN_TEXT = 12000  # T, K, S; over all markdown blocks of a payload
TABLE_ROWS = 100  # T, K
TABLE_COLUMNS = 20  # T, K; column_settings are the same
TABLES_PER_MESSAGE = 1  # S
TABLE_CHARACTERS = 10000  # K; over all tables of a message
DATA_TABLE_ROWS = (2, 201)  # K; the header is one of them
DATA_TABLE_COLUMNS = (1, 20)  # K
DATA_TABLE_PAGE_SIZE = (1, 100)  # K
DATA_TABLE_CHARACTERS = 20000  # K; over all data tables of a message
CHARTS_PER_MESSAGE = 2  # K
CHART_TITLE = 50  # K
CHART_SEGMENTS = (1, 12)  # K
CHART_SERIES = (1, 12)  # K
CHART_POINTS = (1, 20)  # K
CHART_LABEL = 20  # K
CHART_AXIS = 50  # K
CONTAINER_TITLE = 150  # T, P; the subtitle is the same
CONTAINER_BLOCKS = (1, 10)  # T, P
CARD_TITLE = 150  # T, P; the subtitle is the same
CARD_BODY = 200  # T, P
CAROUSEL_CARDS = (1, 10)  # T, P
VIDEO_TITLE = 199  # T: "less than 200"; the description is the same
VIDEO_AUTHOR = 49  # T: "less than 50"

# elements
BUTTON_TEXT = 75  # T; accessibility labels are the same
BUTTON_VALUE = 2000  # T, P
BUTTON_URL = 3000  # T
BUTTON_AGENT_PROMPT = 4000  # P
ICON_BUTTON_VIEWERS = 10  # P
CHOICES = (1, 10)  # T; checkboxes and radio buttons
OVERFLOW_OPTIONS = (1, 5)  # T, P
SELECT_OPTIONS = (1, 100)  # D select-menu-element; groups are the same
INPUT_MIN_LENGTH = (0, 3000)  # D plain-text-input-element
INPUT_MAX_LENGTH = (1, 3000)  # D plain-text-input-element
INPUT_LINES = (1, 100)  # T
FILES = (1, 10)  # D file-input-element
UNIX_SECONDS = (1_000_000_000, 9_999_999_999)  # T: ten digits

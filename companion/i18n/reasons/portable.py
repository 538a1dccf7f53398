"""Sentences for the refusals of a file that is taken over."""

from collections.abc import Mapping

from companion.i18n.marker import N_

SENTENCES: Mapping[str, str] = {
    "import_no_file": N_("Choose the file that you downloaded here."),
    "import_not_json": N_("This file is not whole, or it is something else. Nothing was changed."),
    "import_foreign": N_("This file does not come from here. Nothing was changed."),
    "import_version": N_("This file comes from another version of this site. Nothing was changed."),
    "import_damaged": N_("This file is damaged at %(place)s. Nothing was changed."),
    "import_unreadable": N_("Something in this file does not fit together. Nothing was changed."),
    "import_too_large": N_("This file is larger than what we can read. Nothing was changed."),
    "import_other_plan": N_(
        "A plan in this file went another way than the same plan here. Choose to put the file in place of everything, "
        "or leave it as it is."
    ),
    "import_how": N_("Choose what to do with the file."),
    "import_sure": N_("Tick that the file may take the place of everything here."),
}

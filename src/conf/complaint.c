/* complaint: what libfyaml says, in words for people who know YAML from copying. A text of libfyaml's that is
 * not in the table is handed on as it is; the unit test holds the common ones to their place and wording. */
#include "conf/conf_priv.h"

#include <string.h>

#include "base/i18n.h"

#include "base/banned.h"

/* Theirs: how it begins, or, behind a '*', any part of it. */
static const struct {
	const char *theirs, *ours, *todo;
} complaints[] = {
	{"invalid multiline plain key", N_("a \"key:\" below this text is indented as if it went on"),
		N_("indent the keys of one group alike, and put a text that holds \": \" in quotes")},
	{"invalid nested block mapping on the same line", N_("a text with a colon in it"),
		N_("put the text in single quotes")},
	{"tab character may not be used", N_("a tab cannot indent"), N_("use blanks")},
	{"invalid tab as", N_("a tab cannot indent"), N_("use blanks")},
	{"*in double-quoted string", N_("no such escape in a double-quoted text"),
		N_("use single quotes, which take a backslash as it is")},
	{"double-quoted scalar has invalid", N_("no such escape in a double-quoted text"),
		N_("use single quotes, which take a backslash as it is")},
	{"wrongly indented double-quoted", N_("the quotation mark that opens here is not closed"), NULL},
	{"wrongly indented single-quoted", N_("the quotation mark that opens here is not closed"), NULL},
	{"double-quoted scalar without closing", N_("the quotation mark that opens here is not closed"),
		NULL},
	{"single-quoted scalar without closing", N_("the quotation mark that opens here is not closed"),
		NULL},
	{"invalid trailing content after double-quoted", N_("text behind the closing quotation mark"),
		N_("put the whole text in single quotes")},
	{"invalid trailing content after single-quoted", N_("text behind the closing quotation mark"),
		N_("write a single quote inside single quotes twice: ''")},
	{"plain scalar cannot start with", N_("a text cannot begin with this character"),
		N_("put the text in single quotes")},
	{"mismatched flow", N_("this closing bracket does not fit the one that is open"), NULL},
	{"missing comma in flow", N_("a comma or a closing bracket is missing before this"), NULL},
	{"flow sequence with invalid extra", N_("a closing bracket without an opening one"), NULL},
	{"flow mapping with invalid extra", N_("a closing bracket without an opening one"), NULL},
	{"did not find expected key", N_("a \"key: value\" was expected here"),
		N_("a group is either \"key: value\" lines or \"- item\" lines, not both")},
	{"invalid scalar at the end of block sequence", N_("a \"- item\" was expected here"),
		N_("a group is either \"key: value\" lines or \"- item\" lines, not both")},
	{"*in sequence while in mapping", N_("this line is indented less than those above it"),
		N_("indent the items of one list alike")},
	{"invalid indentation in mapping", N_("this line does not fit the indentation above it"),
		N_("indent the keys of one group alike; \"- \" needs its blank")},
	{"invalid value after mapping", N_("this line does not fit the indentation above it"),
		N_("indent the keys of one group alike; \"- \" needs its blank")},
};

static bool says(const char *msg, const char *theirs)
{
	return theirs[0] == '*' ? strstr(msg, theirs + 1) != NULL : strncmp(msg, theirs, strlen(theirs)) == 0;
}

const char *complaint(const char *msg, const char **todo)
{
	*todo = NULL;
	for (size_t i = 0; i < sizeof complaints / sizeof *complaints; i++) {
		if (!says(msg, complaints[i].theirs))
			continue;
		*todo = complaints[i].todo;
		return complaints[i].ours;
	}
	return N_("cannot be read as YAML: %1");
}

/* view: a page as a reader goes through it: a list of blocks (lines of text between block limits), each with
 * what surrounds it, and for each element the range of blocks it covers. Within page/ only. */
#ifndef PAGE_VIEW_H
#define PAGE_VIEW_H

#include "base/str.h"
#include "base/vec.h"
#include "markup/markup.h"
#include "page/words.h"

enum view_tag { /* the tags that matter here */
	VIEW_OTHER,
	VIEW_INLINE,
	VIEW_A,
	VIEW_ARTICLE,
	VIEW_ASIDE,
	VIEW_BLOCKQUOTE,
	VIEW_BODY,
	VIEW_BR,
	VIEW_BUTTON,
	VIEW_CELL,
	VIEW_DIV,
	VIEW_FIGCAPTION,
	VIEW_FIGURE,
	VIEW_FOOTER,
	VIEW_FORM,
	VIEW_H1,
	VIEW_HEADING,
	VIEW_HEADER,
	VIEW_HEAD,
	VIEW_IMG,
	VIEW_LI,
	VIEW_LIST,
	VIEW_MAIN,
	VIEW_NAV,
	VIEW_P,
	VIEW_SECTION,
	VIEW_SKIP,
	VIEW_TABLE,
	VIEW_TIME
};

enum { /* of elements and blocks; the low bits are WORD_* */
	VIEW_WORDS = (1 << 16) - 1,
	VIEW_IS_BOX = 1 << 16, /* by tag or role: nav, footer, aside, form, complementary … */
	VIEW_IS_HIDDEN = 1 << 17,
	VIEW_IS_BODY = 1 << 18, /* itemprop=articleBody and the like */
	VIEW_IN_FIGURE = 1 << 19,
	VIEW_IN_LIST = 1 << 20,
	VIEW_IN_TABLE = 1 << 21,
	VIEW_IN_QUOTE = 1 << 22,
	VIEW_IN_ARTICLE = 1 << 23,
	VIEW_IN_MAIN = 1 << 24,
	VIEW_IN_HEAD = 1 << 25,   /* <header> */
	VIEW_IN_TEASER = 1 << 26, /* boxes.c */
};

enum view_cut {
	VIEW_CUT_NONE,
	VIEW_CUT_BOX,       /* inside an element whose tag or name is that of a box */
	VIEW_CUT_COMMENT,   /* readers' words */
	VIEW_CUT_TEASER,    /* one of several alike that lead to other pages */
	VIEW_CUT_NEXT,      /* the next article of an endless page */
	VIEW_CUT_HEADED,    /* under the heading of a box */
	VIEW_CUT_LINKED,    /* links for the most part */
	VIEW_CUT_BYLINE,    /* who and when */
	VIEW_CUT_CAPTION,   /* of a picture; kept apart */
	VIEW_CUT_TITLE,     /* the headline again, a counter */
	VIEW_CUT_REFERENCE, /* points to another article */
	VIEW_CUT_TALK,      /* of the page, not of the news */
	VIEW_CUT_EDGE,      /* before the first or behind the last running text */
	VIEW_CUT_REPEAT,    /* stands there twice */
	VIEW_CUT_ASKED,     /* outside what the source's `content` names */
	VIEW_CUT_COUNT
};

struct view_element {
	struct node *node;
	uint32_t parent; /* number of the parent element; 0 for the root itself */
	uint32_t end;    /* number of the first element behind its subtree */
	uint32_t b0, b1; /* blocks [b0, b1) lie inside */
	uint32_t t0, t1; /* bytes [t0, t1) of view.text */
	unsigned flags;
	enum view_tag tag;
};

struct view_block {
	uint32_t element; /* the innermost block element around it */
	uint32_t at, n;   /* bytes of view.text */
	uint32_t link;    /* bytes of it inside links */
	uint32_t links;   /* how many links begin in it */
	uint32_t strong;  /* bytes of it in bold type */
	uint16_t stops;   /* sentence ends and commas */
	uint16_t words;
	enum view_tag tag; /* of the element: p, heading, li … */
	unsigned flags;    /* VIEW_* of all elements around it; WORD_* as body.c hands them down */
	float weight;      /* body.c */
	bool keep;         /* body.c */
	uint8_t cut;       /* VIEW_CUT_*: why it is not the article; 0: it may be */
};

struct view {
	struct node *root;
	struct str text; /* all blocks, white space collapsed */
	VEC(struct view_element) elements;
	VEC(struct view_block) blocks;
	struct words words;
	const struct node *most_hidden; /* the hidden element with the most text, and how much that is */
	size_t hidden;
};

/* What is hidden has no blocks, but for the elements of `reveal`: pages that hide everything until their
 * script has run. */
void view_build(struct view *v, struct node *root, const struct node *const *reveal, size_t n_reveal);
void view_release(struct view *v);
struct span view_text(const struct view *v, size_t block);
/* Inside a line of text, not a line of its own? */
bool view_is_inline(enum view_tag t);
/* Number of the first element that begins with block i or behind it. */
uint32_t view_first_at(const struct view *v, uint32_t i);
/* Does an element around the whole of the line pass? */
bool view_line_is(const struct view *v, uint32_t block, bool (*passes)(const struct node *));
/* Is the element `inner` inside `outer` (or the same)? */
bool view_inside(const struct view *v, uint32_t inner, uint32_t outer);

#endif

/* body: which blocks of a view are the article. Within page/ only. */
#ifndef PAGE_BODY_H
#define PAGE_BODY_H

#include "base/selector.h"
#include "page/view.h"

struct body_hints {
	struct span title;          /* as found so far; may be empty */
	struct span description;    /* meta description; may be empty */
	const char *const *authors; /* as machines are told */
	size_t n_authors;
	struct span host;               /* of the page's address; may be empty */
	const struct selector *content; /* what holds the text, as the source says; may be NULL */
	uint32_t headline;              /* number of the first block of the headline; UINT32_MAX: unknown */
};

/* Hands the WORD_* flags of elements down to the blocks in them, but not from elements that hold much of the
 * page's text: names on those say nothing about a line. Also cuts boxes. Before all else. */
void body_prepare(struct view *v);
/* Does the page show a paragraph or two of running text, whatever it is? */
bool body_shows_prose(const struct view *v);
/* Sets keep on the article's blocks, lead first. Returns the number of bytes kept; 0: no article. *lead is
 * the first block of a lead that stands before the body, UINT32_MAX when there is none. *container is the
 * element that holds the body. */
size_t body_find(struct view *v, const struct body_hints *h, uint32_t *lead, uint32_t *container);

/* After body_find(): stories told in pictures, whose captions outweigh the paragraphs, keep them where they
 * stood. */
void body_keep_captions(struct view *v, uint32_t *container);

#endif

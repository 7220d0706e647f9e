/* body_priv: what the files of body.h share. */
#ifndef PAGE_BODY_PRIV_H
#define PAGE_BODY_PRIV_H

#include "page/body.h"

struct finder {
	struct view *v;
	const struct body_hints *h;
	VEC(float) sum;      /* sum.p[i]: weights of the blocks before i */
	VEC(uint32_t) prose; /* the same for bytes of running text */
	VEC(uint32_t) h1;    /* and for <h1> */
	uint32_t total;      /* bytes of running text */
	uint32_t e0, e1;     /* the body: elements [e0, e1) … */
	uint32_t b0, b1;     /* … and blocks [b0, b1) */
};

enum { PROSE_MIN = 80, BIG_PROSE = 200, LEAD_MIN = 40 }; /* bytes */

/* weigh.c */
bool body_is_prose(const struct view_block *b);
float body_linked(const struct view_block *b); /* share of its bytes inside links */
void body_sum_up(struct finder *f);            /* weighs all blocks; again after blocks were cut */
void body_release(struct finder *f);
float body_score(const struct finder *f, const struct view_element *x);
uint32_t body_prose(const struct finder *f, const struct view_element *x); /* bytes of running text */
void body_cut(struct view *v, uint32_t b0, uint32_t b1, enum view_cut why);
uint32_t body_name(const struct view_element *x); /* the same for elements of one make: tag and class */
/* boxes.c: before the body is chosen */
void body_cut_teasers(struct finder *f);
void body_cut_next_articles(struct finder *f);
/* lines.c: inside the body */
void body_cut_headed_boxes(struct finder *f);
void body_cut_linked_pieces(struct finder *f);
void body_cut_lines(struct finder *f);
/* pictures.c */
void body_mark_captions(struct finder *f); /* WORD_CAPTION to lines that are one by their looks */
/* ends.c */
void body_trim_ends(struct finder *f);
/* lead.c */
bool body_is_lead(const struct finder *f, uint32_t block);
/* Some papers set their lead as a second headline, but end it like a sentence. */
bool body_is_lead_heading(const struct view *v, const struct view_block *b);
uint32_t body_find_lead(struct finder *f); /* before the body; its first line, UINT32_MAX: none */

#endif

/* words: what names of classes and ids, and the headings of boxes, say about a piece of a page. Within page/
 * only. */
#ifndef PAGE_WORDS_H
#define PAGE_WORDS_H

#include "base/span.h"

enum {
	WORD_BOX = 1 << 0,  /* not the article: related, share, newsletter, advertisement … */
	WORD_META = 1 << 1, /* byline, date, category */
	WORD_CAPTION = 1 << 2,
	WORD_KIND = 1 << 3, /* article, story, post, entry … */
	WORD_BODY = 1 << 4, /* body, content, text; with WORD_KIND: the article's body */
	WORD_LEAD = 1 << 5,
	WORD_HIDDEN = 1 << 6,
	WORD_COMMENT = 1 << 7, /* readers' comments; with WORD_BOX */
	WORD_TITLE = 1 << 8,
	WORD_AUTHOR = 1 << 9,
	WORD_DATE = 1 << 10,
	WORD_TEASER = 1 << 11, /* may hold another article's head */
	WORD_CONSENT = 1 << 12 /* cookies and the like; with WORD_BOX: never the article, however long */
};

struct words {
	uint16_t from[28]; /* private: first word of each letter in the table */
	struct {
		uint64_t hash;
		unsigned flags;
	} seen[256]; /* private */
};

void words_init(struct words *w);
unsigned words_of(struct words *w, struct span names); /* value of a class or id attribute */
/* Is the line the heading of a box ("Tin liên quan", "Read more")? `line` is plain text. */
bool words_box_heading(struct span line);
/* Does the line begin a reference to another article ("Xem thêm: …", "Also read: …")? */
bool words_see_also(struct span line);
/* Nothing but "Read on", "続きを読む": of the link behind a summary. */
bool words_read_on(struct span line);
/* The caption or credit of a picture that is not marked as such. */
bool words_credit(struct span line);
/* Who wrote it and when. */
bool words_byline(struct span line);
/* An address of the author, a copyright line. */
bool words_contact(struct span line);
/* Behind an article: who the author is, where the text came from, what nobody is liable for. */
bool words_end_note(struct span line);
/* What stands between an article and what follows it: who edited it, whose it is, the heading of comments. */
bool words_tail(struct span line);
/* Does it keep the rest of the article from whoever does not pay or log in? */
bool words_wall(struct span line);
/* "Page not found" and the like: what an error says, not news of one. */
bool words_error(struct span line);
/* Talk of the page, not of the news: cookies, scripts, subscriptions. */
bool words_page_talk(struct span line);

#endif

/* claim: an answered item as schema.org ClaimReview (JSON-LD), to be put into the page of the reply. What is
 * reviewed is the claim, with the pages it appeared on; who made it is not named, since nobody is judged
 * here. */
#include <string.h>

#include "base/clock.h"
#include "base/url.h"
#include "cli/item.h"

#include "base/banned.h"

/* The centre's label, and where it stands on the scale from 1 (nothing of it is true) to 5 that readers of
 * ClaimReview expect. */
static const struct {
	const char *label, *name;
	int rating;
} ratings[] = {{"fake", "Tin giả", 1}, {"false", "Tin sai sự thật", 2}, {"corrected", "Đã đính chính", 3},
	{"verified", "Tin xác thực", 5}};

static const struct item_event *last_answer(const struct item *it)
{
	for (size_t i = it->n_events; i-- > 0;)
		if (strcmp(it->events[i].what, "answer") == 0)
			return &it->events[i];
	return NULL;
}

static void put_date(struct json_writer *w, const char *key, int64_t at)
{
	char text[STAMP_MAX];
	clock_format_utc(at, text);
	json_field(w, key, text);
}

static void put_named(struct json_writer *w, const char *key, const char *type, const char *name)
{
	json_key(w, key);
	json_begin_object(w);
	json_field(w, "@type", type);
	json_field(w, "name", name);
	json_end_object(w);
}

static void put_claim(struct json_writer *w, const struct item *it)
{
	int64_t first = 0;
	json_key(w, "itemReviewed");
	json_begin_object(w);
	json_field(w, "@type", "Claim");
	for (size_t i = 0; i < it->n_articles; i++) {
		const struct stamp *p = &it->articles[i]->published;
		if (p->known && (!first || p->at < first))
			first = p->at;
	}
	if (first)
		put_date(w, "datePublished", first);
	json_key(w, "appearance");
	json_begin_array(w);
	for (size_t i = 0; i < it->n_articles; i++) {
		if (!url_is_web(it->articles[i]->url))
			continue;
		json_begin_object(w);
		json_field(w, "@type", "NewsArticle");
		json_field(w, "url", it->articles[i]->url);
		json_field_opt(w, "headline", it->articles[i]->title);
		json_end_object(w);
	}
	json_end_array(w);
	json_end_object(w);
}

static void put_rating(struct json_writer *w, struct span label)
{
	for (size_t i = 0; i < sizeof ratings / sizeof *ratings; i++) {
		if (!span_is(label, ratings[i].label))
			continue;
		json_key(w, "reviewRating");
		json_begin_object(w);
		json_field(w, "@type", "Rating");
		json_field_int(w, "ratingValue", ratings[i].rating);
		json_field_int(w, "worstRating", 1);
		json_field_int(w, "bestRating", 5);
		json_field(w, "alternateName", ratings[i].name);
		json_end_object(w);
	}
}

int claim_write(const struct item *it, const char *author, struct str *out, struct err *e)
{
	struct json_writer w = {out, false};
	const struct item_event *ev = last_answer(it);
	struct json *detail = NULL;
	struct str number = {0};
	int rc = -1;
	str_addf(&number, "%lld", (long long)it->number);
	if (it->state != ITEM_ANSWERED || !ev || !ev->detail ||
		json_parse(span_of(ev->detail), &detail, e) < 0 || !json_get_string(detail, "label").n) {
		err_clear(e);
		err_set(e, ERR_USAGE, N_("item %1 has no answer with a label"), number.p, NULL);
		goto done;
	}
	struct span reply = json_get_string(detail, "reply");
	json_begin_object(&w);
	json_field(&w, "@context", "https://schema.org");
	json_field(&w, "@type", "ClaimReview");
	put_date(&w, "datePublished", ev->at);
	if (span_starts(reply, "https://") || span_starts(reply, "http://")) {
		json_key(&w, "url");
		json_put_string(&w, reply);
	} else if (reply.n) {
		json_key(&w, "reviewBody");
		json_put_string(&w, reply);
	}
	json_field(&w, "claimReviewed", it->title);
	put_named(&w, "author", "Organization", author ? author : ev->who);
	put_rating(&w, json_get_string(detail, "label"));
	put_claim(&w, it);
	json_end_object(&w);
	rc = 0;
done:
	json_free(detail);
	str_release(&number);
	return rc;
}

/* bench_points: the points of rules/terms/points.yaml, worked out and measured. Passages whose answer is
 * known (tests/golden/triage) and ordinary articles are cut into phrases of one to three words; a linear
 * support vector machine (squared hinge loss, dual coordinate descent after Hsieh and others, ICML 2008)
 * gives each a weight; the heaviest stay, are fitted again and rounded to whole points. Names of places are
 * no phrases, nor are numbers, nor what ordinary articles are full of.
 *
 * Every large set is measured by points fitted without it, and every half of the ordinary articles by points
 * fitted on the other half: these are the figures printed. A passage counts as found, or as answered, where
 * its points pass the line by the margin: -m and -a, in points. With -o the points of all are written.
 * ORDINARY: articles nobody doubts, as `soatin feeds show --json` and `soatin read` print them.
 * usage: bench_points [-o FILE] [-k PHRASES] [-m MARGIN] [-a MARGIN] RULES GOLDEN ORDINARY.ndjson... */

#include <glob.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/map.h"
#include "base/vec.h"
#include "place/place.h"

#include "base/banned.h"

enum { PHRASE_WORDS = 3, SEEN_MIN = 3, SET_LARGE = 60, ORDINARY_PARTS = 6, ROUNDS = 300, POINTS_TOP = 99 };
static const double ORDINARY_SHARE = .02, PASSAGES_SHARE = .08, COST = .015;

struct met {
	uint32_t line, phrase;
};
struct mets {
	VEC(struct met) v;
};

struct doc {
	enum { NONE, OPEN, ANSWERED } is;
	bool ordinary;
	uint32_t set; /* file, or parity for the ordinary */
	struct met *met;
	size_t n;
	uint32_t lines;
};

struct corpus {
	struct arena arena;
	struct map known; /* phrase -> its number + 1 */
	VEC(struct span) phrases;
	VEC(struct doc) docs;
	VEC(const char *) sets;
	struct gazetteer *places;
	struct map complaints; /* words of complaint: a rule that counts them may only explain */
};

/* What is fitted: some lines of a document. */
struct sample {
	uint32_t *phrase;
	size_t n;
	int y;
	bool ordinary;
	double alpha;
};

struct model {
	double *w; /* by phrase */
	double bias;
	size_t used;
};

static bool is_letters(const struct text *t, const struct text_word *w)
{
	for (uint32_t i = w->start; i < w->end; i++)
		if (t->folded.p[i] >= '0' && t->folded.p[i] <= '9')
			return false;
	return true;
}

static uint32_t phrase_number(struct corpus *c, struct span p)
{
	uintptr_t known = (uintptr_t)map_get(&c->known, p);
	if (known)
		return (uint32_t)(known - 1);
	struct span own = span_of(arena_dup(&c->arena, p));
	vec_push(&c->phrases, own);
	map_put(&c->known, own, (void *)(uintptr_t)c->phrases.n);
	return (uint32_t)(c->phrases.n - 1);
}

/* Words that stand in the name of a place. */
static bool *named_words(const struct article *x, const struct text *t, enum field field)
{
	bool *named = xcalloc(t->n_words + 1, sizeof *named);
	for (size_t i = 0; i < x->n_mentions; i++) {
		const struct mention *m = &x->mentions[i];
		if (m->field != field)
			continue;
		size_t behind = text_word_from_code_point(t, m->end);
		for (size_t k = text_word_from_code_point(t, m->start); k < behind && k < t->n_words; k++)
			named[k] = true;
	}
	return named;
}

/* Phrases of words that stand side by side. */
static void add_field(struct corpus *c, const struct article *x, const struct text *t, enum field field,
	uint32_t first_line, struct mets *out)
{
	bool *named = named_words(x, t, field);
	for (size_t i = 0; i < t->n_words; i++)
		for (size_t k = i; k < i + PHRASE_WORDS && k < t->n_words; k++) {
			const struct text_word *a = &t->words[i], *b = &t->words[k];
			if (named[k] || !is_letters(t, b) || (k > i && b->start - b[-1].end > 1) ||
				(k > i && b->start > b[-1].end && t->folded.p[b[-1].end] != ' '))
				break;
			struct span p = span_cut(t->folded, a->start, b->end);
			if (map_get(&c->complaints, p))
				continue;
			vec_push(&out->v, ((struct met){first_line + a->sentence, phrase_number(c, p)}));
		}
	free(named);
}

static void add_doc(struct corpus *c, struct article *x, struct doc d)
{
	struct arena scratch = {0};
	struct report rep = {0};
	struct folded_article f;
	struct mets met = {0};
	article_fold(&scratch, x, &f, &rep);
	place_find(c->places, &scratch, &f, x);
	d.lines = (uint32_t)f.field[FIELD_TITLE].n_sentences;
	add_field(c, x, &f.field[FIELD_TITLE], FIELD_TITLE, 0, &met);
	add_field(c, x, &f.field[FIELD_TEXT], FIELD_TEXT, d.lines, &met);
	d.lines += (uint32_t)f.field[FIELD_TEXT].n_sentences;
	d.met = arena_array(&c->arena, struct met, met.v.n + 1);
	d.n = met.v.n;
	for (size_t i = 0; i < d.n; i++)
		d.met[i] = met.v.p[i];
	vec_push(&c->docs, d);
	vec_release(&met.v);
	report_release(&rep);
	arena_release(&scratch);
}

static int read_complaints(struct corpus *c, const char *path, struct err *e)
{
	struct conf *file;
	if (conf_load(&c->arena, path, &file, e) < 0)
		return -1;
	for (const struct conf *list = file->child; list; list = list->next) {
		const struct conf *words = conf_get(list, "words");
		for (const struct conf *w = words ? words->child : NULL; w; w = w->next)
			map_put(&c->complaints, text_fold_word(&c->arena, w->text, NULL), c);
	}
	return 0;
}

/* Vietnamese without marks: phrases are found there by their marked forms. */
static bool is_unmarked(struct span lang, const char *utf8)
{
	struct arena a = {0};
	struct report rep = {0};
	struct text t;
	bool marked = false;
	text_fold(&a, span_of(utf8), &t, &rep);
	for (uint32_t i = 0; i < t.n_paragraphs; i++)
		marked = marked || text_paragraph_marked(&t, i);
	report_release(&rep);
	arena_release(&a);
	return span_is(lang, "vi") && !marked;
}

/* A file of passages that say what is expected, or of ordinary articles. */
static int read_file(struct corpus *c, const char *path, bool ordinary, struct err *e)
{
	struct arena a = {0};
	struct span all, line;
	uint32_t n = 0;
	int rc = file_read(&a, path, 1 << 30, &all, e);
	while (rc == 0 && span_next(&all, '\n', &line)) {
		const struct json *v;
		if (!line.n)
			continue;
		if ((rc = json_read(&a, line, &v, e)) < 0)
			break;
		struct span text = json_get_string(v, "text"), is = json_get_string(v, "expect");
		struct span lang = json_get_string(v, "lang");
		struct article x = {.title = json_get_string(v, "title").p,
			.text = text.n ? text.p : json_get_string(v, "summary").p};
		if (!x.text || (!ordinary && !is.n) || is_unmarked(lang, x.text))
			continue;
		add_doc(c, &x,
			(struct doc){.is = span_is(is, "open")       ? OPEN
					   : span_is(is, "answered") ? ANSWERED
								     : NONE,
				.ordinary = ordinary,
				.set = ordinary ? n++ % 2 : (uint32_t)c->sets.n});
	}
	if (!ordinary)
		vec_push(&c->sets, arena_strdup(&c->arena, path));
	arena_release(&a);
	return rc;
}

/* The ordinary items that come with the rules. */
static int read_neutral(struct corpus *c, const char *path, struct err *e)
{
	struct conf *file;
	uint32_t n = 0;
	if (conf_load(&c->arena, path, &file, e) < 0)
		return -1;
	for (const struct conf *item = file->child; item; item = item->next) {
		struct article x = {0};
		if (conf_text(item, "title", &x.title, e) < 0 || conf_text(item, "text", &x.text, e) < 0)
			return -1;
		add_doc(c, &x, (struct doc){.ordinary = true, .set = n++ % 2});
	}
	return 0;
}

/* Which documents are fitted: all but one set, and but one half of the ordinary. */
struct part {
	bool answers;       /* answered against open, instead of both against none */
	uint32_t set, half; /* left out; UINT32_MAX: none */
};

static bool is_in(const struct part *p, const struct doc *d)
{
	if (d->ordinary)
		return !p->answers && d->set != p->half;
	return d->set != p->set && (!p->answers || d->is != NONE);
}

struct samples {
	VEC(struct sample) v;
	struct arena arena;
};

/* The phrases of lines [from, to), each once. */
static void add_sample(struct samples *s, const struct doc *d, uint32_t from, uint32_t to, int y,
	uint32_t *seen, uint32_t stamp)
{
	struct sample x = {
		.phrase = arena_array(&s->arena, uint32_t, d->n + 1), .y = y, .ordinary = d->ordinary};
	for (size_t i = 0; i < d->n; i++)
		if (d->met[i].line >= from && d->met[i].line < to && seen[d->met[i].phrase] != stamp) {
			seen[d->met[i].phrase] = stamp;
			x.phrase[x.n++] = d->met[i].phrase;
		}
	if (x.n)
		vec_push(&s->v, x);
}

static void samples_of(struct corpus *c, const struct part *p, struct samples *s)
{
	uint32_t *seen = xcalloc(c->phrases.n + 1, sizeof *seen), stamp = 0;
	vec_each (d, &c->docs) {
		if (!is_in(p, d))
			continue;
		int y = (p->answers ? d->is == ANSWERED : d->is != NONE) ? 1 : -1;
		uint32_t parts = d->ordinary ? (d->lines + RULE_POINTS_WITHIN - 1) / RULE_POINTS_WITHIN : 1;
		uint32_t step = d->ordinary ? RULE_POINTS_WITHIN : d->lines;
		uint32_t skip = parts > ORDINARY_PARTS ? parts / ORDINARY_PARTS : 1;
		for (uint32_t i = 0; i < parts; i += skip)
			add_sample(s, d, i * step, (i + 1) * step, y, seen, ++stamp);
	}
	free(seen);
}

/* Dual coordinate descent; `use`: by phrase, whether it counts. */
static void fit(struct samples *s, const bool *use, size_t n_phrases, struct model *m)
{
	uint64_t random = 1;
	m->w = xcalloc(n_phrases + 1, sizeof *m->w);
	m->bias = 0;
	vec_each (x, &s->v)
		x->alpha = 0;
	for (int round = 0; round < ROUNDS; round++)
		for (size_t i = 0; i < s->v.n; i++) {
			random = random * 6364136223846793005u + 1442695040888963407u;
			struct sample *x = &s->v.p[(random >> 33) % s->v.n];
			double margin = m->bias, square = 1 + .5 / COST;
			for (size_t k = 0; k < x->n; k++)
				if (use[x->phrase[k]]) {
					margin += m->w[x->phrase[k]];
					square += 1;
				}
			double slope = x->y * margin - 1 + .5 / COST * x->alpha;
			double alpha = fmax(x->alpha - slope / square, 0), by = (alpha - x->alpha) * x->y;
			x->alpha = alpha;
			if (by == 0)
				continue;
			m->bias += by;
			for (size_t k = 0; k < x->n; k++)
				if (use[x->phrase[k]])
					m->w[x->phrase[k]] += by;
		}
}

/* Phrases that enough passages hold, but not every other, and few ordinary articles. */
static bool *usable(struct samples *s, size_t n_phrases)
{
	bool *use = xcalloc(n_phrases + 1, sizeof *use);
	uint32_t *in = xcalloc(n_phrases + 1, sizeof *in), *common = xcalloc(n_phrases + 1, sizeof *common);
	size_t ordinary = 0;
	vec_each (x, &s->v) {
		ordinary += x->ordinary;
		for (size_t k = 0; k < x->n; k++)
			(x->ordinary ? common : in)[x->phrase[k]]++;
	}
	for (size_t f = 0; f < n_phrases; f++)
		use[f] = in[f] >= SEEN_MIN && common[f] <= ORDINARY_SHARE * (double)ordinary &&
			 in[f] <= PASSAGES_SHARE * (double)(s->v.n - ordinary);
	free(in);
	free(common);
	return use;
}

static int heavier(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x < y) - (x > y);
}

/* Fits, keeps the heaviest, fits again, rounds: weights are whole points, the bias is in points, too. */
static struct model model_of(struct corpus *c, const struct part *p, size_t keep)
{
	struct samples s = {0};
	struct model m;
	size_t n = c->phrases.n;
	samples_of(c, p, &s);
	bool *use = usable(&s, n);
	fit(&s, use, n, &m);
	double *order = xcalloc(n + 1, sizeof *order), most = 0;
	for (size_t f = 0; f < n; f++)
		order[f] = fabs(m.w[f]);
	qsort(order, n, sizeof *order, heavier);
	double least = keep < n ? order[keep] : 0;
	for (size_t f = 0; f < n; f++)
		use[f] = use[f] && fabs(m.w[f]) > least;
	free(m.w);
	fit(&s, use, n, &m);
	for (size_t f = 0; f < n; f++)
		most = fmax(most, fabs(m.w[f]));
	m.used = 0;
	for (size_t f = 0; f < n; f++) {
		m.w[f] = round(m.w[f] / most * POINTS_TOP);
		m.used += m.w[f] != 0;
	}
	m.bias = m.bias / most * POINTS_TOP;
	free(order);
	free(use);
	vec_release(&s.v);
	arena_release(&s.arena);
	return m;
}

/* The most points of some lines in a row. */
static double points(const struct model *m, const struct doc *d, uint32_t *seen, uint32_t *stamp)
{
	double best = -1e9;
	for (uint32_t from = 0; from == 0 || from + RULE_POINTS_WITHIN <= d->lines; from++) {
		double sum = 0;
		++*stamp;
		for (size_t i = 0; i < d->n; i++)
			if (d->met[i].line >= from && d->met[i].line < from + RULE_POINTS_WITHIN &&
				seen[d->met[i].phrase] != *stamp) {
				seen[d->met[i].phrase] = *stamp;
				sum += m->w[d->met[i].phrase];
			}
		best = fmax(best, sum);
	}
	return best;
}

static void measure(struct corpus *c, size_t keep, double margin, double margin_answers)
{
	uint32_t *seen = xcalloc(c->phrases.n + 1, sizeof *seen), stamp = 0;
	for (uint32_t half = 0; half < 2; half++) {
		struct model m = model_of(c, &(struct part){.set = UINT32_MAX, .half = half}, keep);
		unsigned n = 0, over = 0;
		vec_each (d, &c->docs) {
			n += d->ordinary && d->set == half;
			over += d->ordinary && d->set == half &&
				points(&m, d, seen, &stamp) + m.bias > margin;
		}
		printf("ordinary, half %u: %u of %u reach %.0f; %zu phrases\n", half, over, n,
			margin - m.bias, m.used);
		free(m.w);
	}
	printf("%-16s %8s %8s %8s %8s %8s\n", "set", "flagged", "of open", "precis.", "answered", "hidden");
	unsigned all[6] = {0};
	for (uint32_t set = 0; set < c->sets.n; set++) {
		unsigned in = 0, n[6] = {0}; /* claims, of them found; open, found; answered, found */
		unsigned wrong = 0, hidden = 0;
		vec_each (d, &c->docs)
			in += !d->ordinary && d->set == set;
		if (in < SET_LARGE)
			continue;
		struct model m = model_of(c, &(struct part){.set = set, .half = UINT32_MAX}, keep);
		struct model a = model_of(
			c, &(struct part){.answers = true, .set = set, .half = UINT32_MAX}, keep / 2);
		vec_each (d, &c->docs) {
			if (d->ordinary || d->set != set)
				continue;
			bool over = points(&m, d, seen, &stamp) + m.bias > margin;
			bool settled = points(&a, d, seen, &stamp) + a.bias > margin_answers;
			wrong += over && d->is == NONE;
			n[0] += d->is != NONE;
			n[1] += d->is != NONE && over;
			n[2] += d->is == OPEN;
			n[3] += d->is == OPEN && over;
			n[4] += d->is == ANSWERED;
			n[5] += d->is == ANSWERED && settled;
			hidden += d->is == OPEN && settled;
		}
		const char *name = strrchr(c->sets.p[set], '/');
		printf("%-16.16s %8.2f %8.2f %8.2f %8.2f %5u/%u\n", name ? name + 1 : c->sets.p[set],
			n[1] / fmax(n[0], 1), n[3] / fmax(n[2], 1), n[1] / fmax(n[1] + wrong, 1),
			n[5] / fmax(n[4], 1), hidden, n[2]);
		for (int i = 0; i < 6; i++)
			all[i] += n[i];
		free(m.w);
		free(a.w);
	}
	printf("%-16s %8.2f %8.2f %8s %8.2f\n", "together", all[1] / fmax(all[0], 1),
		all[3] / fmax(all[2], 1), "", all[5] / fmax(all[4], 1));
	free(seen);
}

static int by_bytes(const void *a, const void *b)
{
	const struct span *x = a, *y = b;
	int order = memcmp(x->p, y->p, x->n < y->n ? x->n : y->n);
	return order ? order : (x->n > y->n) - (x->n < y->n);
}

/* Files of a folder, sorted. */
static int files_of(
	struct arena *a, const char *folder, const char *name, char ***out, size_t *n, struct err *e)
{
	char *pattern = arena_printf(a, "%s/%s", folder, name);
	glob_t found;
	if (glob(pattern, 0, NULL, &found) != 0) {
		err_set(e, ERR_DATA, "no such files there", folder, NULL);
		return -1;
	}
	*n = found.gl_pathc;
	*out = arena_array(a, char *, *n + 1);
	for (size_t i = 0; i < *n; i++)
		(*out)[i] = arena_strdup(a, found.gl_pathv[i]);
	globfree(&found);
	return 0;
}

/* One shared condition: lists of words by their points, the most first. */
static void write_model(FILE *f, const struct corpus *c, const struct model *m, const char *id,
	const char *title, double margin)
{
	fprintf(f, "\n- id: %s # at_least: %.0f\n  title: %s\n  points:\n", id, ceil(margin - m->bias),
		title);
	for (int p = POINTS_TOP; p >= -POINTS_TOP; p--) {
		size_t n = 0, column = 0;
		VEC(struct span) words = {0};
		for (size_t i = 0; p && i < c->phrases.n; i++)
			if ((int)m->w[i] == p)
				vec_push(&words, c->phrases.p[i]);
		if (words.n)
			qsort(words.p, words.n, sizeof *words.p, by_bytes);
		vec_each (w, &words) {
			if (!n++)
				column = (size_t)fprintf(f, "    - {add: %d, words: [", p);
			else
				column += (size_t)fprintf(f, ",");
			if (column + w->n > 134)
				column = (size_t)fprintf(f, "\n        ") - 1;
			else if (n > 1)
				column += (size_t)fprintf(f, " ");
			column += (size_t)fprintf(f, "%.*s", (int)w->n, w->p);
		}
		if (n)
			fprintf(f, "]}\n");
		vec_release(&words);
	}
}

static int write_points(struct corpus *c, const char *path, size_t keep, double margin, double margin_answers)
{
	FILE *f = fopen(path, "w");
	if (!f)
		return -1;
	struct part claims = {.set = UINT32_MAX, .half = UINT32_MAX};
	struct part answers = {.answers = true, .set = UINT32_MAX, .half = UINT32_MAX};
	struct model m = model_of(c, &claims, keep), a = model_of(c, &answers, keep / 2);
	fprintf(f, "# yaml-language-server: $schema=terms.schema.json\n"
		   "# Words that say little alone. The points were worked out from the passages of "
		   "tests/golden/triage\n"
		   "# and ordinary articles by `./dev bench points`, which also measures them; they are not "
		   "edited by\n"
		   "# hand: add passages and work them out anew. How many are enough is said where they are "
		   "used.\n");
	write_model(f, c, &m, "claim-signs", "Dấu hiệu nhỏ của một lời cần xem", margin);
	write_model(f, c, &a, "answer-signs", "Dấu hiệu nhỏ của lời đáp", margin_answers);
	free(m.w);
	free(a.w);
	return fclose(f);
}

int main(int argc, char **argv)
{
	struct corpus c = {0};
	struct err e = {0};
	const char *out = NULL;
	size_t keep = 2000;
	double margin = 60, margin_answers = 100; /* of the points that are written */
	char **files;
	size_t n;
	int option;
	while ((option = getopt(argc, argv, "o:k:m:a:")) != -1) {
		int64_t v = 0;
		if (option == 'o')
			out = optarg;
		else if (option == '?' || !span_to_int64(span_of(optarg), &v))
			return 2;
		if (option == 'k')
			keep = (size_t)v;
		if (option == 'm')
			margin = (double)v;
		if (option == 'a')
			margin_answers = (double)v;
	}
	if (argc - optind < 2) {
		fprintf(stderr,
			"usage: bench_points [-o FILE] [-k PHRASES] [-m MARGIN] [-a MARGIN] RULES GOLDEN "
			"ORDINARY.ndjson...\n");
		return 2;
	}
	const char *places[] = {arena_printf(&c.arena, "%s/places", argv[optind])};
	int rc = gazetteer_load(places, 1, &c.places, &e);
	if (rc == 0)
		rc = read_complaints(&c, arena_printf(&c.arena, "%s/terms/complaint.yaml", argv[optind]), &e);
	if (rc == 0)
		rc = files_of(&c.arena, argv[optind + 1], "*.ndjson", &files, &n, &e);
	for (size_t i = 0; rc == 0 && i < n; i++)
		rc = read_file(&c, files[i], false, &e);
	if (rc == 0)
		rc = files_of(&c.arena, arena_printf(&c.arena, "%s/neutral", argv[optind]), "*.yaml", &files,
			&n, &e);
	for (size_t i = 0; rc == 0 && i < n; i++)
		rc = read_neutral(&c, files[i], &e);
	for (int i = optind + 2; rc == 0 && i < argc; i++)
		rc = read_file(&c, argv[i], true, &e);
	if (rc < 0) {
		fprintf(stderr, "%s:%ld: %s [%s]\n", e.where, e.line, e.text, e.arg[0]);
		return 1;
	}
	printf("%zu passages and articles, %zu phrases\n", c.docs.n, c.phrases.n);
	if (out)
		return write_points(&c, out, keep, margin, margin_answers) ? 1 : 0;
	measure(&c, keep, margin, margin_answers);
	return 0;
}

/* report: see report.h. The tables are made from remarks.def. */
#include "base/report.h"

#include <string.h>

#include "base/i18n.h"
#include "base/limits.h"

static const struct {
	const char *name, *text;
	enum remark_level level;
} table[R_COUNT] = {
#define REMARK(id, level, text) [R_##id] = {#id, text, level},
#include "base/remarks.def"

#include "base/banned.h"
#undef REMARK
};

void report_add(struct report *r, enum remark_id id, long line, long col, const char *a, const char *b)
{
	if (!r->list.n || table[id].level > r->worst)
		r->worst = table[id].level;
	if (++r->count[id] > REPORT_MAX_PER_ID) {
		for (size_t i = r->list.n; i-- > 0;) {
			if (r->list.p[i].id == id) {
				r->list.p[i].times++;
				return;
			}
		}
	}
	vec_push(&r->list, ((struct remark){id, line, col, arena_strdup(&r->arena, a ? a : ""),
				   arena_strdup(&r->arena, b ? b : ""), 1}));
}

void report_back(struct report *r, size_t n)
{
	r->list.n = n;
	memset(r->count, 0, sizeof r->count);
	r->worst = LEVEL_NOTE;
	vec_each (x, &r->list) {
		r->count[x->id] += x->times;
		if (table[x->id].level > r->worst)
			r->worst = table[x->id].level;
	}
}

void report_clear(struct report *r)
{
	arena_clear(&r->arena);
	report_back(r, 0);
}

void report_release(struct report *r)
{
	arena_release(&r->arena);
	vec_release(&r->list);
	*r = (struct report){0};
}

const char *remark_name(enum remark_id id)
{
	return table[id].name;
}

const char *remark_text(enum remark_id id)
{
	return table[id].text;
}

enum remark_level remark_level(enum remark_id id)
{
	return table[id].level;
}

bool remark_by_name(struct span name, enum remark_id *out)
{
	for (int i = 0; i < R_COUNT; i++) {
		if (span_is(name, table[i].name)) {
			*out = (enum remark_id)i;
			return true;
		}
	}
	return false;
}

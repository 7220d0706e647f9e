/* report: remarks, that is, input that is odd and was repaired, cut or left out while the work went on. Ids,
 * levels and English texts are the closed list in remarks.def; soatin-messages.7 and po/ are checked against
 * it. */
#ifndef BASE_REPORT_H
#define BASE_REPORT_H

#include "base/arena.h"
#include "base/vec.h"

enum remark_level {
	LEVEL_NOTE,  /* worth knowing; exit status stays */
	LEVEL_WARN,  /* repaired or cut; exit status stays */
	LEVEL_ERROR, /* something was lost; exit status 1 */
};

enum remark_id {
#define REMARK(id, level, text) R_##id,
#include "base/remarks.def"
#undef REMARK
	R_COUNT
};

struct remark {
	enum remark_id id;
	long line, col;    /* from 1, 0 unknown; line and column of the input as decoded */
	const char *a, *b; /* arguments of the text, "" when unused; live in the report */
	unsigned times; /* how often this id came (only the first place and arguments are kept after 8 of one
			   id) */
};

struct report {
	struct arena arena;
	VEC(struct remark) list;
	unsigned count[R_COUNT];
	enum remark_level worst; /* meaningful when list.n > 0 */
};

/* a and b may be NULL and are copied. After REPORT_MAX_PER_ID remarks of one id only their number is counted.
 */
void report_add(struct report *r, enum remark_id id, long line, long col, const char *a, const char *b);
void report_back(struct report *r, size_t n); /* as it was when it held n remarks */
void report_clear(struct report *r);
void report_release(struct report *r);      /* accepts a zeroed struct */
const char *remark_name(enum remark_id id); /* the name in remarks.def, "FEED_CUT_SHORT"; static */
const char *remark_text(enum remark_id id); /* English, with %1 %2; static */
enum remark_level remark_level(enum remark_id id);
bool remark_by_name(struct span name, enum remark_id *out);

#endif

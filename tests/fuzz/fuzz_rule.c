/* fuzz_rule: any bytes as a file of rules. Beyond not crashing: a refusal has its place; what is accepted is
 * matched against a text of many rumours, gives flags in order with quotes that lie in their field, and
 * explains itself the same way. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/utf8.h"
#include "rule/rule.h"

#include "base/banned.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* libfyaml 0.7.12 loses a buffer on some texts it refuses: a process that reads its rules once can bear it.
 */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
	return "leak:libfyaml";
}

static void check(bool holds)
{
	if (!holds)
		abort();
}

static void check_flags(const struct article *x)
{
	for (size_t i = 0; i < x->n_flags; i++) {
		const struct flag *f = &x->flags[i];
		check(i == 0 || strcmp(x->flags[i - 1].rule, f->rule) < 0);
		check(f->weight >= 0 && f->weight <= 100 && f->topic && f->action);
		for (size_t k = 0; k < f->n_quotes; k++) {
			const struct quote *q = &f->quotes[k];
			check(q->term && q->start < q->end &&
				q->end <= utf8_count(span_of(article_field(x, q->field))));
		}
	}
}

struct told {
	size_t holding;
};

static void tell(const struct rule_explanation *r, void *ctx)
{
	struct told *t = ctx;
	check(r->n_parts > 0);
	t->holding += r->holds;
}

static void match(const struct ruleset *s)
{
	struct arena a = {0};
	struct report rep = {0};
	struct folded_article f;
	struct article x = {.title = "Xôn xao tin đồn vỡ đập ở Khánh Hòa",
		.summary = "Nghe đồn đê vỡ, dân chạy trong đêm.",
		.text = "Mạng xã hội lan truyền tin vỡ đập. Công an tỉnh bác bỏ.\n\nMot tin don khac: vo de, "
			"chay ngay.\n\nDiễn tập a b c a b.",
		.url = "https://bao.example/vo-dap",
		.source.kind = "blog",
		.lang = "vi"};
	struct mention m = {.place = "khanh-hoa",
		.now = "khanh-hoa",
		.as = "province",
		.field = FIELD_TITLE,
		.start = 25,
		.end = 34,
		.watched = true};
	struct told told = {0};
	x.mentions = &m;
	x.n_mentions = 1;
	struct rule_matcher *matcher = rule_matcher_new(s);
	article_fold(&a, &x, &f, &rep);
	rule_match(matcher, &a, &f, &x, 1795000000, &rep);
	check_flags(&x);
	check(rule_explain(matcher, &a, &f, &x, 1795000000, NULL, tell, &told) || x.n_flags == 0);
	check(told.holding == x.n_flags);
	rule_matcher_free(matcher);
	report_release(&rep);
	arena_release(&a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char path[64];
	int fd = memfd_create("rules", MFD_CLOEXEC);
	struct ruleset *s = NULL;
	struct err e = {0};
	struct rule_load how = {.unchecked = true, .today = 20780};
	const char *paths[] = {path};
	check(fd >= 0 && write(fd, data, size) == (ssize_t)size);
	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	if (ruleset_load(paths, 1, NULL, &how, &s, &e) == 0) {
		match(s);
		ruleset_free(s);
	} else {
		check(e.kind == ERR_CONF || e.kind == ERR_LIMIT);
	}
	close(fd);
	return 0;
}

/* limits: `soatin limits` prints base/limits.h, so that the manual and the program cannot disagree. */
#include <stdio.h>

#include "base/limits.h"
#include "cli/cli.h"
#include "cli/commands.h"

#include "base/banned.h"

static const struct {
	const char *name, *unit, *why;
	int64_t value;
} limits[] = {
#define LIMIT_ROW(name, value, unit, why) {#name, unit, why, value},
	LIMITS(LIMIT_ROW)
#undef LIMIT_ROW
};

int cmd_limits(struct cli *c, int argc, char **argv)
{
	static const struct sheet_column cols[] = {{"name", N_("limit"), 0},
		{"value", N_("value"), SHEET_RIGHT}, {"unit", N_("unit"), 0},
		{"why", N_("what it holds, and what happens above"), SHEET_STRETCH | SHEET_WRAP}};
	bool csv = false;
	const struct opt opts[] = {{OPT_FLAG, 0, "csv", NULL, N_("print CSV"), &csv}, {.type = OPT_END}};
	int n = cli_options(c, argc, argv, opts, NULL, N_("Prints every limit of the program."));
	if (n < 0)
		return c->status;
	if (n > 0)
		return cli_usage(c, N_("unexpected operand %1"), argv[1], NULL);
	out_pager(c);
	struct sheet *s = sheet_new(c, csv ? SHEET_CSV : SHEET_TABLE, cols, sizeof cols / sizeof *cols);
	for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
		struct str shown = {0}, data = {0};
		show_number(c, limits[i].value, &shown);
		str_addf(&data, "%lld", (long long)limits[i].value);
		sheet_cell(s, limits[i].name, NULL, NULL);
		sheet_cell(s, shown.p, data.p, NULL);
		sheet_cell(s, _(limits[i].unit), limits[i].unit, NULL);
		sheet_cell(s, _(limits[i].why), limits[i].why, NULL);
		str_release(&shown);
		str_release(&data);
	}
	sheet_free(s);
	return EXIT_OK;
}

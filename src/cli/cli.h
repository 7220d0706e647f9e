/* cli: argv, configuration, printing, exit status. One file per subcommand; this door is what they share.
 * Here alone are stdout, stderr, the environment and the message catalogue. */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include <libintl.h>

#include "base/i18n.h"
#include "base/report.h"
#include "base/str.h"
#include "conf/conf.h"
#include "place/place.h"
#include "queue/queue.h"
#include "rule/rule.h"

#define _(text) gettext(text)

int cli_main(int argc, char **argv); /* main() */

/* Exit statuses below sysexits.h. */
enum { EXIT_OK = 0, EXIT_SOME = 1, EXIT_USAGE = 2 };

struct cli {
	struct arena arena;      /* lives as long as the run */
	const char *command;     /* "queue" … */
	const char *lang;        /* "vi" or "en": what LANG says, else the configuration */
	bool asked_language;     /* LANG and the like said it */
	const char *data;        /* folder that holds rules/ and feeds/ */
	const char *config_file; /* --config, or the XDG one */
	const char *queue_file;  /* --queue, or from the configuration, or the XDG one */
	int color;               /* 0 auto, 1 always, -1 never */
	bool has_settings;
	struct settings settings; /* after cli_settings() */
	int64_t now;              /* seconds UTC; SOATIN_NOW fixes it */
	int pager;                /* process that shows standard output; 0: none */
	int status;               /* worst soft status so far: EXIT_OK or EXIT_SOME */
};

/* --- commands --- */
struct command {
	const char *name;
	const char *summary; /* N_(), one line, no full stop */
	int (*run)(
		struct cli *c, int argc, char **argv); /* argv[0] is the command; returns the exit status */
};
extern const struct command commands[]; /* commands.c; ends with name NULL */
/* Runs the verb that argv[1] names, the first of the table where none is named; the table ends with name
 * NULL. */
int cli_verbs(struct cli *c, const struct command *verbs, int argc, char **argv);

/* --- options --- a table per command, on its stack; --help, usage and the manual check come from it */
enum opt_type {
	OPT_END,
	OPT_FLAG,
	OPT_TEXT,
	OPT_LIST,
	OPT_INT,
	OPT_TIME,
	OPT_CONFIG, /* these two: of every command */
	OPT_COLOR,
};
struct opt {
	enum opt_type type;
	char letter;      /* 0: none */
	const char *name; /* long name */
	const char *arg;  /* N_() name of its argument; NULL for flags */
	const char *help; /* N_() */
	void *to;         /* bool *, const char **, struct texts *, int64_t *, int64_t * (instant) */
};
struct texts {
	const char **p;
	size_t n;
};
/* Parses options (GNU style, "--" ends them) and permutes: returns the number of operands, argv[1…] hold
 * them. -1: ended (help was printed, or the usage is wrong, told): return c->status then. operands is the
 * N_() text behind the options, as "ITEM…"; about is one N_() sentence or NULL. OPT_TIME takes a date or
 * a time as show_time() writes them, an RFC 3339 instant, or a duration before now. */
MUST_USE int cli_options(struct cli *c, int argc, char **argv, const struct opt *opts, const char *operands,
	const char *about);
/* Wrong usage: says it and how to get help; returns EXIT_USAGE. */
int cli_usage(struct cli *c, const char *text, const char *a, const char *b);
/* False, and told: more than one of the options that say the form of the output. */
bool cli_one_form(struct cli *c, int asked, const char *forms);

/* --- what commands open, on demand; each -1 with *e set --- */
MUST_USE int cli_settings(
	struct cli *c, struct err *e); /* c->settings; without a configuration file: defaults */
MUST_USE int cli_gazetteer(
	struct cli *c, struct gazetteer **out, struct err *e); /* watching the configured places */
/* own: rule files given on the command line instead of the configured or shipped ones; n == 0: those. */
MUST_USE int cli_rules(struct cli *c, const struct gazetteer *g, const struct texts *own, bool unchecked,
	struct ruleset **out, struct err *e);
MUST_USE int cli_sources(struct cli *c, const struct gazetteer *g, const struct texts *own,
	struct source_list *out, struct err *e);
MUST_USE int cli_queue(struct cli *c, enum queue_mode mode, struct queue **out, struct err *e);
const char *cli_queue_path(struct cli *c);  /* after cli_settings() */
const char *cli_archive_dir(struct cli *c); /* after cli_settings() */
const char *cli_config_path(struct cli *c); /* --config, or the XDG one; need not exist */

const char *cli_mutes_path(struct cli *c); /* beside the configuration; need not exist */

/* --- talk (stderr) --- */
/* Prints a fault, translated: "soatin: where:line:col: text: strerror; what to do". `source` may be NULL.
 * Returns its exit status. */
int say_err(struct cli *c, const char *source, const struct err *e);
void say_fault(struct str *out, const struct err *e); /* the text and what to do, without the place */
/* The last fault of a source as the queue keeps it: its text and what belongs into that, tabs between. */
void say_kept(struct str *out, const char *kept, bool translated);
void say_remark(struct cli *c, const char *source, const char *where, const struct remark *r);
void say_report(struct cli *c, const char *source, const char *where,
	const struct report *r); /* all, worst sets c->status */
void say(
	struct cli *c, const char *text, const char *a, const char *b); /* one line, text translated, %1 %2 */
bool stderr_is_terminal(void);

/* --- data (stdout) --- */
void out_text(struct span s); /* raw bytes; errors are found at the end by out_end() */
void out_str(struct str *s);  /* writes and clears */
/* Flushes; a failed write is told. Returns status, or 74 when writing failed. */
int out_end(struct cli *c, int status);
/* On a terminal: from now on standard output is read by a pager, which out_end() waits for. */
void out_pager(struct cli *c);
bool out_is_terminal(void);
int out_width(void); /* columns of the terminal, 0 when stdout is none (COLUMNS counts) */
bool out_color(const struct cli *c);

/* --- sheets: one writer, several formats --- */
enum sheet_format { SHEET_TABLE, SHEET_CSV, SHEET_TSV };
enum sheet_how {
	SHEET_RIGHT = 1,   /* numbers stand right */
	SHEET_STRETCH = 2, /* takes what width is left and is cut with … */
	SHEET_SPARE = 4,   /* left out of a table that is too wide */
	SHEET_WRAP = 8,    /* the last column, stretching: a sentence goes on below in place of being cut */
};
struct sheet_column {
	const char *key;   /* CSV and TSV heading: stable, English */
	const char *title; /* N_() table heading */
	unsigned how;      /* SHEET_* */
};
struct sheet;
struct sheet *sheet_new(const struct cli *c, enum sheet_format f, const struct sheet_column *cols, size_t n);
/* One cell of the next row, left to right. `shown` is what a table prints (made safe, one line), `data` what
 * CSV and TSV hold; when data is NULL both are `shown`. style: NULL or an SGR code such as "1" or "31" for
 * tables in colour. CSV quotes as RFC 4180 and puts ' before a leading = + - @ TAB CR (spreadsheets would run
 * it); TSV writes TAB CR LF and \ as \t \r \n \\. */
void sheet_cell(struct sheet *s, const char *shown, const char *data, const char *style);
void sheet_free(struct sheet *s); /* prints what is left (tables are laid out here) and frees */

/* --- paragraphs: safe already, SGR sequences allowed; broken between words, ended by a line break --- */
/* At a width (0: that of the terminal, else 80), from column `at` on; the lines that follow are indented. */
void wrap_at(struct str *out, struct span text, int at, int indent, int width);
void wrap_add(struct str *out, struct span text); /* indented, at the width of the terminal */

/* --- how people read numbers and times --- */
void show_number(const struct cli *c, int64_t v, struct str *out); /* 1.234 or 1,234 */
void show_time(const struct cli *c, int64_t at,
	struct str *out); /* 23/11/2026 06:30 or 2026-11-23 06:30, office's clock */
/* The way back, in either language: the instant, or the beginning of a day that stands alone. */
bool read_shown(const struct cli *c, struct span s, int64_t *at, bool *day_alone);
void show_stamp(const struct cli *c, struct stamp s,
	struct str
		*out); /* the same; a day alone, and an hour whose zone is not known, as they were written */
void show_left(const struct cli *c, int64_t seconds,
	struct str *out); /* "còn 2 giờ", "2 h left", "quá hạn 3 giờ", "3 h over" */
const char *show_action(
	const char *action); /* translated word of an action: monitor explain clarify rebut refer */
const char *show_topic(const char *topic); /* translated name of a topic of the closed list */
const char *show_state(const char *state); /* translated name of an item state */

#endif

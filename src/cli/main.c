/* main: finds the command, sets the language, and holds what every command shares. The global options stand
 * before the command. */
#include <fcntl.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "cli/cli.h"
#include "cli/cli_priv.h"
#include "cli/names.h"

#include "base/banned.h"

enum { USAGE_INDENT = 8 };

static const char *text_or(const char *s, const char *other)
{
	return s && *s ? s : other;
}

/* What LANGUAGE, LC_ALL, LC_MESSAGES, LANG say, first one wins: "vi", "en", or NULL when nothing was said. */
static const char *language_asked(void)
{
	static const char *const names[] = {"LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const char *v = getenv(names[i]);
		if (!v || !*v)
			continue;
		if (span_starts(span_of(v), "vi"))
			return "vi";
		if (strcmp(v, "C.UTF-8") == 0 || strcmp(v, "C") == 0 || strcmp(v, "POSIX") == 0)
			return NULL;
		return "en";
	}
	return NULL;
}

/* A Debian machine often has no vi_VN locale; the catalogue needs none. Under C.UTF-8 gettext follows
 * LANGUAGE. */
void cli_language(struct cli *c, const char *lang)
{
	c->lang = lang;
	if (!setlocale(LC_CTYPE, "C.UTF-8"))
		setlocale(LC_CTYPE, "");
	if (!setlocale(LC_MESSAGES, "C.UTF-8"))
		setlocale(LC_MESSAGES, "");
	setenv("LANGUAGE", lang, 1);
	textdomain("soatin");
}

/* Nobody asked for a language: the configuration's, also for usage and --help, which read no configuration.
 * One that cannot be read is told by the command that needs it. */
static void language_configured(struct cli *c)
{
	struct settings s;
	struct err e = {0};
	const char *path = cli_config_path(c);
	settings_default(&s);
	if (!c->asked_language && file_exists(path) && settings_load(&c->arena, path, &s, &e) == 0 &&
		s.language)
		cli_language(c, s.language);
}

static char *exe_dir(struct arena *a)
{
	char path[4096];
	ssize_t n = readlink("/proc/self/exe", path, sizeof path - 1);
	if (n <= 0)
		return NULL;
	path[n] = 0;
	char *slash = strrchr(path, '/');
	if (slash)
		*slash = 0;
	return arena_strdup(a, path);
}

/* Where rules/ and feeds/ lie: $SOATIN_DATA, beside an installed program, or the source tree a build folder
 * stands in. */
static void find_data(struct cli *c)
{
	const char *dir = exe_dir(&c->arena);
	c->data = getenv("SOATIN_DATA");
	const char *const around[] = {"../share/soatin", "../.."};
	for (size_t i = 0; dir && !c->data && i < sizeof around / sizeof *around; i++) {
		char *d = path_join(&c->arena, dir, around[i]);
		if (file_exists(path_join(&c->arena, d, "rules/places")))
			c->data = d;
	}
	if (!c->data)
		c->data = SOATIN_DATADIR;
	const char *locale = getenv("SOATIN_LOCALE");
	if (!locale && dir) {
		char *built = path_join(&c->arena, dir, "../po");
		char *installed = path_join(&c->arena, dir, "../share/locale");
		locale = file_exists(path_join(&c->arena, built, "vi/LC_MESSAGES/soatin.mo")) ? built
											      : installed;
	}
	bindtextdomain("soatin", text_or(locale, SOATIN_LOCALEDIR));
	bind_textdomain_codeset("soatin", "UTF-8");
}

static int set_now(struct cli *c)
{
	const char *fixed = getenv("SOATIN_NOW");
	struct stamp s;
	c->now = clock_now();
	if (!fixed || !*fixed)
		return 0;
	if (!stamp_parse_rfc3339(span_of(fixed), &s))
		return cli_usage(c, N_("SOATIN_NOW is not a date and time as 2026-11-23T06:00:00+07:00: %1"),
			fixed, NULL);
	c->now = s.at;
	return 0;
}

static void help(struct cli *c)
{
	struct str s = {0};
	language_configured(c);
	cli_help_wrap(&s,
		_("usage: soatin [--config FILE] [--queue FILE] [--color WHEN] COMMAND [OPTION…] [OPERAND…]"),
		0, USAGE_INDENT);
	str_addc(&s, '\n');
	cli_help_wrap(&s,
		_("Reads the news about a province, flags statements that need clarifying or rebutting, "
		  "keeps the queue."),
		0, 0);
	str_addf(&s, "\n%s\n", _("Commands:"));
	for (const struct command *k = commands; k->name; k++)
		str_addf(&s, "  %-10s %s\n", k->name, _(k->summary));
	str_addf(&s, "\n%s\n", _("\"soatin COMMAND --help\" tells more; the manual is soatin(1)."));
	out_str(&s);
	str_release(&s);
}

/* The options before the command. Returns the index of the command, or -1 with *status. */
static int global_options(struct cli *c, int argc, char **argv, int *status)
{
	int i = 1;
	*status = EXIT_OK;
	for (; i < argc && argv[i][0] == '-'; i++) {
		struct span name = span_of(argv[i]);
		if (span_is(name, "-h") || span_is(name, "--help")) {
			help(c);
			return -1;
		}
		if (span_is(name, "-V") || span_is(name, "--version")) {
			out_text(SPAN("soatin " SOATIN_VERSION "\n"));
			return -1;
		}
		if (cli_global_option(c, argc, argv, &i) != 0) {
			*status = c->status;
			return -1;
		}
	}
	return i;
}

static const struct command *command_find(const char *name)
{
	for (const struct command *k = commands; k->name; k++)
		if (strcmp(k->name, name) == 0)
			return k;
	return NULL;
}

/* A program started with standard output closed would get its number for the next file it opens, the archive,
 * say, and print into it. Something that refuses takes the place. */
static void keep_standard_files(void)
{
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) < 0 &&
			open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) != fd)
			_exit(EX_OSERR);
}

int cli_main(int argc, char **argv)
{
	struct cli c = {0};
	int status = EXIT_USAGE;
	keep_standard_files();
	signal(SIGPIPE, SIG_DFL);
	signal(SIGXFSZ, SIG_IGN); /* a full quota is an error to be told, not a death */
	find_data(&c);
	const char *asked = language_asked();
	c.asked_language = asked != NULL;
	cli_language(&c, asked ? asked : "en");
	if (set_now(&c) != 0)
		goto done;
	if (argc > 1 && argv[1][0] == '-')
		language_configured(&c); /* one of them may be wrong */
	int at = global_options(&c, argc, argv, &status);
	if (at < 0)
		goto done;
	if (at == argc) {
		help(&c);
		status = EXIT_USAGE;
		goto done;
	}
	language_configured(&c);
	const struct command *k = command_find(argv[at]);
	if (!k) {
		status = cli_unknown_command(&c, N_("unknown command %1"), argv[at], commands);
		goto done;
	}
	c.command = k->name;
	status = k->run(&c, argc - at, argv + at);
	if (status == EXIT_OK)
		status = c.status;
done:
	status = out_end(&c, status);
	arena_release(&c.arena);
	return status;
}

/* conf: YAML -> a checked tree that remembers file, line and column; and what is read from it in every run:
 * the configuration and the list of sources. Strict profile: UTF-8 only; every scalar is text until a reader
 * asks for more; duplicate keys, anchors, aliases, tags and a second document are refused; nesting at most
 * CONF_DEPTH_MAX. All faults are ERR_CONF with line and column (code points, from 1) and a sentence saying
 * what was expected. */
#ifndef CONF_CONF_H
#define CONF_CONF_H

#include "base/arena.h"
#include "base/err.h"

enum conf_kind { CONF_SCALAR, CONF_LIST, CONF_MAP };

/* One node of the tree; lives in the arena given to conf_load(). */
struct conf {
	enum conf_kind kind;
	const char *file; /* as given */
	long line, col;  /* of the value: of its first character, behind the quotation mark or the "|"; of the
			    key when null */
	struct span key; /* in a map: its key, as text */
	long key_line, key_col;
	struct span text;   /* scalar: its text, NUL-terminated, no control characters but \n and \t; `quoted`
			       and `null` tell more */
	bool quoted, null;  /* null: a key without a value, an empty plain scalar, a file with nothing but
			       comments */
	struct conf *child; /* list, map: first child, in file order */
	struct conf *next;
	size_t n; /* number of children */
};

MUST_USE int conf_load(struct arena *a, const char *path, struct conf **out, struct err *e);
/* The same from memory; `name` stands for the file in messages. */
MUST_USE int conf_parse(
	struct arena *a, const char *name, struct span yaml, struct conf **out, struct err *e);

struct conf *conf_get(const struct conf *map, const char *key); /* NULL when missing or not a map */
/* A fault at this node; text and arguments as err_set(). Returns -1. */
int conf_fault(const struct conf *at, struct err *e, const char *text, const char *a, const char *b);
/* Every key of `map` must be in the NULL-terminated list `known`; an unknown one is a fault at its key that
 * suggests the nearest. What is no map is a fault too, but for a null, which is an empty map. */
MUST_USE int conf_only(const struct conf *map, const char *const *known, struct err *e);
/* The word of the NULL-terminated list that is a slip of the finger away, or NULL. */
const char *conf_nearest(struct span word, const char *const *known);
/* A fault that says so of a name that is none of `known`; %1 of the text is the name. */
int conf_fault_name(
	const struct conf *at, struct err *e, const char *text, const char *name, const char *const *known);
/* Typed readers: key missing or without a value leaves *out as it is and returns 0 (the _need forms make it a
 * fault, and want more than blanks); a wrong kind is a fault. */
MUST_USE int conf_text(const struct conf *map, const char *key, const char **out, struct err *e);
MUST_USE int conf_need_text(const struct conf *map, const char *key, const char **out, struct err *e);
MUST_USE int conf_int(
	const struct conf *map, const char *key, int64_t min, int64_t max, int64_t *out, struct err *e);
MUST_USE int conf_bool(
	const struct conf *map, const char *key, bool *out, struct err *e); /* true|false only */
MUST_USE int conf_duration(
	const struct conf *map, const char *key, int64_t *seconds, struct err *e); /* 4h, 30d, … */
MUST_USE int conf_date(const struct conf *map, const char *key, int64_t *days,
	struct err *e); /* 2026-11-22 -> days since 1970 */
/* One of a NULL-terminated list of words; *out is its index. */
MUST_USE int conf_word(
	const struct conf *map, const char *key, const char *const *words, int *out, struct err *e);
/* A list of texts (a single scalar counts as a list of one), none of them empty, NULL-terminated, in the
 * arena. */
MUST_USE int conf_texts(struct arena *a, const struct conf *map, const char *key, const char ***out,
	size_t *n, struct err *e);

/* The YAML files a path stands for: the file itself, or all *.yaml in and below the folder (none whose name
 * begins with a dot), sorted by their bytes. A path that does not exist is a fault. */
MUST_USE int conf_files(struct arena *a, const char *path, char ***out, size_t *n, struct err *e);

/* The configuration: $XDG_CONFIG_HOME/soatin/soatin.yaml; soatin-config.5. */
struct settings {
	const char *file;    /* where it was read, NULL: built-in defaults */
	const char **places; /* slugs of the watched units; n_places == 0: all */
	size_t n_places;
	const struct conf *places_at; /* where they stand, for faults found later; NULL: nowhere */
	const char *language; /* language of digest and messages when LANG says nothing: "vi" or "en" */
	const char **feeds;   /* files or folders of feeds; empty: the shipped ones that concern the places */
	size_t n_feeds;
	const char **rules; /* files or folders of rules; empty: the shipped ones */
	size_t n_rules;
	const char *
		*own_places; /* files with places and cues of the office's own, added to the shipped ones */
	size_t n_own_places;
	const char *queue;      /* path of the database; NULL: $XDG_DATA_HOME/soatin/queue.db */
	const char *archive;    /* folder of WARC files; NULL: $XDG_DATA_HOME/soatin/archive */
	const char *user_agent; /* full User-Agent; NULL: "soatin/VERSION (+contact)" */
	const char *contact;    /* an address a site owner can write to */
	/* "proxy" sets the first two; without it they are for cli/ to take from the environment. */
	const char *http_proxy, *https_proxy, *no_proxy; /* NULL: none */
	int64_t per_host;                                /* transfers at once per host */
	int64_t gap_ms;                                  /* between two requests to one host */
	int64_t timeout;                                 /* seconds per request */
	bool robots;                                     /* keep to robots.txt for pages; default true */
	int64_t zone_minutes;                            /* the office's clock, minutes east of UTC; 420 */
	struct {
		const char *from; /* mail address */
		const char **to;
		size_t n_to;
		const char *smtp;                 /* smtp://host:port or smtps://… */
		const char *user, *password_file; /* optional */
	} mail;
};

void settings_default(struct settings *s);
/* Reads the file; relative paths in it are relative to its folder and come out absolute. */
MUST_USE int settings_load(struct arena *a, const char *path, struct settings *out, struct err *e);
/* The text `soatin init` writes for a place: commented, complete, readable; language "vi" or "en". In the
 * arena. */
char *settings_template(
	struct arena *a, const char *place_slug, const char *place_name, const char *language);

extern const char *const source_kinds[]; /* national provincial agency …, NULL */

/* One source, as a feeds file has it; soatin-feeds.5. */
struct source_conf {
	const char *id; /* [a-z0-9-]+, unique over all files */
	const char *name;
	const char *url;  /* http or https */
	const char *as;   /* "feed" (default), "page", "sitemap" */
	const char *kind; /* national provincial agency foreign foreign-language official search blog */
	const char *country, *lang; /* ISO 3166-1 alpha-2, BCP 47; may be NULL */
	const char *place;          /* slug of the province it is the paper of; may be NULL */
	const char *evidence;       /* why we think the address is right; may be NULL */
	bool enabled;               /* default true */
	bool allow_private;   /* may be on a private address: exactly this host and port, nothing else */
	bool pages;           /* fetch the article's page when the feed gives only a summary; default true */
	bool robots;          /* keep to robots.txt for its pages; default true */
	int64_t interval;     /* seconds, the least time between two requests; 0: as the server says */
	int64_t max_bytes;    /* 0: BODY_MAX */
	const char **headers; /* "Name: value" */
	size_t n_headers;
	const char *user_agent;              /* may be NULL */
	const char *content, *remove, *date; /* selectors for its pages, base/selector.h; may be NULL */
	const char *links;                   /* and for what holds the links, when as is "page" */
	const char *file;                    /* where it stands */
	long line, col;
};

struct source_list {
	struct source_conf *p;
	size_t n;
};

/* Reads the files (a folder: all *.yaml in it and below). Sources with `place` other than one of the watched
 * ones are left out unless n_places == 0. {query} in an address of kind search is replaced by the watched
 * places' names (given by the caller, percent-encoded here). Duplicate ids are a fault naming both lines. */
MUST_USE int sources_load(struct arena *a, const char *const *paths, size_t n_paths, const struct settings *s,
	const char *query, struct source_list *out, struct err *e);

/* Appends "  key: text" and a line break, quoted where YAML wants it; nothing for NULL or "". */
struct str;
void conf_write_key(struct str *out, const char *key, const char *text);
/* Appends the source as a feeds file has it, so that it reads back equal: id, name, url, as, links, kind,
 * country, lang, place, evidence, enabled, allow_private; the rest is left to its default. */
void source_conf_write(const struct source_conf *x, struct str *out);
/* An id for a new source, of its host and what its path ends in: "vnexpress-net-thoi-su". In the arena. */
char *source_id_for(struct arena *a, const char *url);

#endif

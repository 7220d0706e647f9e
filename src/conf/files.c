/* files: which YAML files a path stands for. Feeds, rules and places may be given as files or as folders of
 * them. */
#include "conf/conf.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/vec.h"

#include "base/banned.h"

enum {
	FOLDERS_DEEP = 8
}; /* levels of folders looked into: more than anybody keeps, and the end of a loop of links */

typedef VEC(char *) paths;

static int visible(const struct dirent *f)
{
	return f->d_name[0] != '.';
}

static int add_path(struct arena *a, const char *path, int depth, bool named, paths *out, struct err *e)
{
	struct stat st;
	struct dirent **names = NULL;
	int n = 0, rc = 0;
	if (stat(path, &st) < 0)
		return named ? err_sys(e, ERR_CONF, errno, N_("cannot open %1"), path) : 0;
	if (!S_ISDIR(st.st_mode)) {
		if (named || span_ends(span_of(path), ".yaml"))
			vec_push(out, arena_strdup(a, path));
		return 0;
	}
	if (depth == FOLDERS_DEEP)
		return 0;
	n = scandir(path, &names, visible, NULL);
	if (n < 0)
		return err_sys(e, ERR_CONF, errno, N_("cannot open %1"), path);
	for (int i = 0; i < n; i++) {
		if (!rc)
			rc = add_path(a, path_join(a, path, names[i]->d_name), depth + 1, false, out, e);
		free(names[i]);
	}
	free(names);
	return rc;
}

static int by_bytes(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

int conf_files(struct arena *a, const char *path, char ***out, size_t *n, struct err *e)
{
	paths list = {0};
	int rc = add_path(a, path, 0, true, &list, e);
	*out = arena_array(a, char *, list.n + 1);
	*n = list.n;
	if (list.n) {
		qsort(list.p, list.n, sizeof *list.p, by_bytes);
		memcpy(*out, list.p, list.n * sizeof *list.p);
	}
	vec_release(&list);
	return rc;
}

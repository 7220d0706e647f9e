/* driver: runs a fuzz target over files without libFuzzer: the corpus in the ordinary test run, one crashing
 * input under a debugger. usage: fuzz_x FILE|FOLDER… */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int run_file(const char *path)
{
	struct stat st;
	FILE *f = fopen(path, "rb");
	if (!f || fstat(fileno(f), &st) < 0) {
		perror(path);
		return 1;
	}
	size_t n = (size_t)st.st_size;
	uint8_t *data = malloc(n ? n : 1); /* exactly as large, so that reading behind the end shows */
	int bad = !data || fread(data, 1, n, f) != n;
	fclose(f);
	if (!bad)
		LLVMFuzzerTestOneInput(data, n);
	free(data);
	return bad;
}

static int run_folder(const char *path, unsigned *n)
{
	DIR *d = opendir(path);
	int bad = 0;
	if (!d)
		return 1;
	for (struct dirent *f; (f = readdir(d));) {
		char name[4096];
		if (f->d_name[0] == '.' ||
			snprintf(name, sizeof name, "%s/%s", path, f->d_name) >= (int)sizeof name)
			continue;
		bad |= run_file(name);
		++*n;
	}
	closedir(d);
	return bad;
}

int main(int argc, char **argv)
{
	unsigned n = 0;
	int bad = 0;
	for (int i = 1; i < argc; i++) {
		struct stat st;
		if (stat(argv[i], &st) == 0 && S_ISDIR(st.st_mode)) {
			bad |= run_folder(argv[i], &n);
		} else {
			bad |= run_file(argv[i]);
			n++;
		}
	}
	printf("%u inputs\n", n);
	return bad || n == 0;
}

/* bench_curl: libcurl's multi interface alone, 64 transfers at once, over the addresses in a file (one a
 * line): what any fetcher built on it is measured against. Prints answers and bytes. */
#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PARALLEL = 64, LINE = 4096 };

static size_t count(char *p, size_t size, size_t n, void *to)
{
	(void)p;
	*(size_t *)to += size * n;
	return size * n;
}

static int next(FILE *f, CURLM *m, CURL *c)
{
	char line[LINE];
	if (!fgets(line, sizeof line, f))
		return 0;
	line[strcspn(line, "\n")] = 0;
	curl_easy_setopt(c, CURLOPT_URL, line);
	return curl_multi_add_handle(m, c) == CURLM_OK;
}

int main(int argc, char **argv)
{
	FILE *f = argc == 2 ? fopen(argv[1], "r") : NULL;
	size_t bytes = 0, answers = 0;
	int running = 0, left = 0;
	if (!f) {
		fprintf(stderr, "usage: bench_curl FILE\n");
		return 2;
	}
	curl_global_init(CURL_GLOBAL_DEFAULT);
	CURLM *m = curl_multi_init();
	CURL *all[PARALLEL];
	for (int i = 0; i < PARALLEL; i++) {
		all[i] = curl_easy_init();
		curl_easy_setopt(all[i], CURLOPT_WRITEFUNCTION, count);
		curl_easy_setopt(all[i], CURLOPT_WRITEDATA, &bytes);
		running += next(f, m, all[i]);
	}
	while (running) {
		int still;
		curl_multi_perform(m, &still);
		for (CURLMsg *msg; (msg = curl_multi_info_read(m, &left));) {
			CURL *c = msg->easy_handle;
			answers += msg->data.result == CURLE_OK;
			curl_multi_remove_handle(m, c);
			running += next(f, m, c) - 1;
		}
		if (running)
			curl_multi_poll(m, NULL, 0, 1000, NULL);
	}
	for (int i = 0; i < PARALLEL; i++)
		curl_easy_cleanup(all[i]);
	curl_multi_cleanup(m);
	fclose(f);
	printf("answers %zu bytes %zu\n", answers, bytes);
	return 0;
}

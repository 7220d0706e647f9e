/* jail: a child process that can neither open files nor connect. It has two pipes, the memory it came with,
 * and limits; what it must know (rules, places, converters) is loaded before jail_spawn() and shared by fork.
 */
#ifndef BASE_JAIL_H
#define BASE_JAIL_H

#include "base/err.h"

#include <sys/types.h>

struct jail_child {
	pid_t pid;
	int to;   /* write end: the child's input; non-blocking */
	int from; /* read end: the child's output; non-blocking */
};

/* Forks; the child closes every other descriptor but stderr, takes WORKER_MEMORY as its address space limit,
 * loses files and network (seccomp), runs run(in, out, ctx) and ends with its result. The parent owns the
 * child and its descriptors. */
MUST_USE int jail_spawn(
	struct jail_child *out, int (*run)(int in, int out, void *ctx), void *ctx, struct err *e);
/* Closes the pipes, kills if `kill_it`, waits, and zeroes the struct. Returns wait()'s status. */
int jail_end(struct jail_child *c, bool kill_it);
/* In the child, at the start of each record: WORKER_CPU_SECONDS of CPU time from now (0: no limit), or
 * SIGPROF ends it. */
void jail_cpu_budget(int seconds);

#endif

/* jail: see jail.h. The filter kills on anything outside its list; opening a file is refused with EACCES
 * instead, since the C library tries that for harmless reasons. Writable and executable pages stay allowed:
 * without them PCRE2's JIT does not compile and matching runs 7 to 19 times slower (measured). Landlock was
 * left out: it covers neither UDP nor, on kernel 6.1, TCP. */

#include "base/jail.h"

#include <errno.h>
#include <fcntl.h>
#include <seccomp.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/limits.h"

#include "base/banned.h"

#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

static const int allowed[] = {
	SCMP_SYS(read),
	SCMP_SYS(write),
	SCMP_SYS(readv),
	SCMP_SYS(writev),
	SCMP_SYS(poll),
	SCMP_SYS(ppoll),
	SCMP_SYS(close),
	SCMP_SYS(brk),
	SCMP_SYS(mmap),
	SCMP_SYS(munmap),
	SCMP_SYS(mremap),
	SCMP_SYS(mprotect),
	SCMP_SYS(madvise),
	SCMP_SYS(futex),
	SCMP_SYS(exit),
	SCMP_SYS(exit_group),
	SCMP_SYS(rt_sigreturn),
	SCMP_SYS(rt_sigaction),
	SCMP_SYS(rt_sigprocmask),
	SCMP_SYS(sigaltstack),
	SCMP_SYS(setitimer),
	SCMP_SYS(clock_gettime),
	SCMP_SYS(gettimeofday),
	SCMP_SYS(getrandom),
	SCMP_SYS(getpid),
	SCMP_SYS(gettid),
	SCMP_SYS(tgkill),
	SCMP_SYS(sched_yield),
	SCMP_SYS(fstat),
	SCMP_SYS(newfstatat),
	SCMP_SYS(lseek),
	SCMP_SYS(restart_syscall),
	SCMP_SYS(prctl),
	SCMP_SYS(getrusage),
	SCMP_SYS(sysinfo),
};

static int filter(void)
{
	scmp_filter_ctx c = seccomp_init(SCMP_ACT_KILL_PROCESS);
	int rc = c ? 0 : -1;
	for (size_t i = 0; rc == 0 && i < sizeof allowed / sizeof *allowed; i++)
		rc = seccomp_rule_add(c, SCMP_ACT_ALLOW, allowed[i], 0);
	if (rc == 0)
		rc = seccomp_rule_add(c, SCMP_ACT_ERRNO(EACCES), SCMP_SYS(openat), 0);
	if (rc == 0)
		rc = seccomp_rule_add(c, SCMP_ACT_ERRNO(EACCES), SCMP_SYS(open), 0);
	if (rc == 0)
		rc = seccomp_load(c);
	seccomp_release(c);
	return rc;
}

static int limit(int in, int out)
{
	struct rlimit memory = {WORKER_MEMORY, WORKER_MEMORY}, none = {0, 0};
	if (dup2(in, STDIN_FILENO) < 0 || dup2(out, STDOUT_FILENO) < 0)
		return -1;
	if (close_range(STDERR_FILENO + 1, ~0U, 0) < 0)
		return -1;
	if (!SANITIZED && setrlimit(RLIMIT_AS, &memory) < 0)
		return -1;
	if (setrlimit(RLIMIT_CORE, &none) < 0 || prctl(PR_SET_PDEATHSIG, SIGKILL) < 0)
		return -1;
	signal(SIGPIPE, SIG_DFL);
	signal(SIGPROF, SIG_DFL);
	signal(SIGINT, SIG_IGN); /* the parent decides */
	return filter();
}

int jail_spawn(struct jail_child *c, int (*run)(int in, int out, void *ctx), void *ctx, struct err *e)
{
	int in[2] = {-1, -1}, out[2] = {-1, -1};
	*c = (struct jail_child){0, -1, -1};
	if (pipe2(in, O_CLOEXEC) < 0 || pipe2(out, O_CLOEXEC) < 0) {
		err_sys(e, ERR_SYSTEM, errno, N_("cannot start a worker process"), NULL);
		goto fail;
	}
	pid_t pid = fork();
	if (pid < 0) {
		err_sys(e, ERR_SYSTEM, errno, N_("cannot start a worker process"), NULL);
		goto fail;
	}
	if (pid == 0)
		_exit(limit(in[0], out[1]) == 0 ? run(STDIN_FILENO, STDOUT_FILENO, ctx) : 70);
	close(in[0]);
	close(out[1]);
	fcntl(in[1], F_SETFL, O_NONBLOCK);
	fcntl(out[0], F_SETFL, O_NONBLOCK);
	(void)fcntl(in[1], F_SETPIPE_SZ, 1 << 20); /* best effort: fewer switches between the two processes */
	(void)fcntl(out[0], F_SETPIPE_SZ, 1 << 20);
	*c = (struct jail_child){pid, in[1], out[0]};
	return 0;
fail:
	for (int i = 0; i < 2; i++) {
		if (in[i] >= 0)
			close(in[i]);
		if (out[i] >= 0)
			close(out[i]);
	}
	return -1;
}

int jail_end(struct jail_child *c, bool kill_it)
{
	int status = 0;
	if (c->pid <= 0)
		return 0;
	if (kill_it)
		kill(c->pid, SIGKILL);
	if (c->to >= 0)
		close(c->to);
	if (c->from >= 0)
		close(c->from);
	while (waitpid(c->pid, &status, 0) < 0 && errno == EINTR)
		;
	*c = (struct jail_child){0, -1, -1};
	return status;
}

void jail_cpu_budget(int seconds)
{
	struct itimerval t = {.it_value = {.tv_sec = seconds}};
	setitimer(ITIMER_PROF, &t, NULL);
}

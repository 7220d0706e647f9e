/* banned: calls that do not compile here, each with what to use instead. Included last in every .c file. */
#ifndef BASE_BANNED_H
#define BASE_BANNED_H

#define BANNED(name, instead) use_##instead##_in_place_of_##name

#undef strcpy
#define strcpy(a, b) BANNED(strcpy, str)
#undef strcat
#define strcat(a, b) BANNED(strcat, str)
#undef strncpy
#define strncpy(a, b, n) BANNED(strncpy, str)
#undef strncat
#define strncat(a, b, n) BANNED(strncat, str)
#undef sprintf
#define sprintf(...) BANNED(sprintf, str_addf)
#undef vsprintf
#define vsprintf(...) BANNED(vsprintf, str_vaddf)
#undef strtok
#define strtok(a, b) BANNED(strtok, span_next)
#undef gmtime
#define gmtime(t) BANNED(gmtime, civil_from)
#undef localtime
#define localtime(t) BANNED(localtime, civil_from)
#undef mktime
#define mktime(t) BANNED(mktime, civil_to_seconds)
#undef atoi
#define atoi(a) BANNED(atoi, span_to_int64)
#undef atol
#define atol(a) BANNED(atol, span_to_int64)
#undef strtol
#define strtol(...) BANNED(strtol, span_to_int64)
#undef strtoul
#define strtoul(...) BANNED(strtoul, span_to_int64)
#undef sscanf
#define sscanf(...) BANNED(sscanf, span_to_int64)
#undef getenv
#ifndef ALLOW_GETENV /* defined by cli/ alone: the environment is read in one room */
#define getenv(a) BANNED(getenv, cli)
#endif

#endif

/* packed: brotli and zstd undone, bounded as gzip is. A frame of zstd may want a window of any size, which is
 * memory: no more than 8 MiB is granted, what RFC 8878 asks of readers of HTTP; brotli's standard window is
 * 16 MiB at most. Both formats say where they end, so that a body cut short is known. */
#include "decode/decode_priv.h"

#include <brotli/decode.h>
#include <zstd.h>

#include "base/limits.h"

#include "base/banned.h"

enum { CHUNK = 65536, WINDOW_LOG_MAX = 23 };

char *coding_room(struct str *out, size_t *left)
{
	char *room = str_room(out, CHUNK);
	*left = CHUNK;
	if (!room) { /* the last piece before the limit */
		out->full = false;
		*left = out->max - out->n;
		room = *left ? str_room(out, *left) : NULL;
	}
	return room;
}

enum unpacked unpack_brotli(struct span *in, struct str *out)
{
	BrotliDecoderState *d = BrotliDecoderCreateInstance(NULL, NULL, NULL);
	const uint8_t *next = (const uint8_t *)in->p;
	size_t left_in = in->n;
	BrotliDecoderResult rc = BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT;
	while (d && rc == BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT) {
		size_t room, left;
		uint8_t *to = (uint8_t *)coding_room(out, &room);
		if (!to)
			break;
		left = room;
		rc = BrotliDecoderDecompressStream(d, &left_in, &next, &left, &to, NULL);
		str_grew(out, room - left);
	}
	BrotliDecoderDestroyInstance(d);
	*in = span_cut(*in, in->n - left_in, in->n);
	return rc == BROTLI_DECODER_RESULT_SUCCESS             ? UNPACKED
	       : rc == BROTLI_DECODER_RESULT_NEEDS_MORE_INPUT  ? UNPACK_CUT
	       : rc == BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT ? UNPACK_LARGE
							       : UNPACK_BAD;
}

enum unpacked unpack_zstd(struct span *in, struct str *out)
{
	ZSTD_DCtx *d = ZSTD_createDCtx();
	ZSTD_inBuffer from = {in->p, in->n, 0};
	enum unpacked result = UNPACK_CUT;
	size_t rc = d ? ZSTD_DCtx_setParameter(d, ZSTD_d_windowLogMax, WINDOW_LOG_MAX) : 0;
	while (d && !ZSTD_isError(rc)) {
		ZSTD_outBuffer to = {0};
		to.dst = coding_room(out, &to.size);
		if (!to.dst) {
			result = UNPACK_LARGE;
			break;
		}
		rc = ZSTD_decompressStream(d, &to, &from);
		str_grew(out, to.pos);
		if (rc == 0 && from.pos == from.size) /* the end of a frame, and of the body */
			result = UNPACKED;
		if (result == UNPACKED || (!ZSTD_isError(rc) && from.pos == from.size && to.pos < to.size))
			break;
	}
	ZSTD_freeDCtx(d);
	*in = span_cut(*in, from.pos, in->n);
	return ZSTD_isError(rc) ? UNPACK_BAD : result;
}

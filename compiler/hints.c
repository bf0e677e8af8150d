// SPDX-License-Identifier: MIT
// hints.c: what was probably meant by a word that means nothing.
#include "compiler/hints.h"

#include <string.h>
#include <strings.h>

#include "compiler/token.h"

typedef struct Habit { const char *word, *advice; } Habit;

static const Habit statement_words[] = {
#define STATEMENT_WORD(word, advice) {word, advice},
#define OPERATOR_WORD(word, op)
#define NAME_WORD(word, advice)
#include "compiler/habits.def"
#undef STATEMENT_WORD
#undef OPERATOR_WORD
#undef NAME_WORD
};

static const Habit operator_words[] = {
#define STATEMENT_WORD(word, advice)
#define OPERATOR_WORD(word, op) {word, op},
#define NAME_WORD(word, advice)
#include "compiler/habits.def"
#undef STATEMENT_WORD
#undef OPERATOR_WORD
#undef NAME_WORD
};

static const Habit name_words[] = {
#define STATEMENT_WORD(word, advice)
#define OPERATOR_WORD(word, op)
#define NAME_WORD(word, advice) {word, advice},
#include "compiler/habits.def"
#undef STATEMENT_WORD
#undef OPERATOR_WORD
#undef NAME_WORD
};

static const char *advice(const Habit *at, size_t n, Str word) {
    for (size_t i = 0; i < n; i++)
        if (strlen(at[i].word) == (size_t)word.len && memcmp(at[i].word, word.ptr, (size_t)word.len) == 0) return at[i].advice;
    return NULL;
}

#define ADVICE(table, word) advice(table, sizeof(table) / sizeof *(table), word)

const char *hint_statement_word(Str word) { return ADVICE(statement_words, word); }
const char *hint_operator_word(Str word) { return ADVICE(operator_words, word); }
const char *hint_name_word(Str word) { return ADVICE(name_words, word); }

static uint32_t least(uint32_t a, uint32_t b) { return a < b ? a : b; }

uint32_t hint_distance(Str a, Str b, uint32_t most) {
    enum { LONGEST = 32 };
    uint32_t n = (uint32_t)a.len, m = (uint32_t)b.len, row[3][LONGEST + 1];
    if (n == m && strncasecmp(a.ptr, b.ptr, n) == 0) return 0;
    if (n > LONGEST || m > LONGEST || (n > m ? n - m : m - n) > most) return most + 1;
    for (uint32_t k = 0; k <= m; k++) row[0][k] = k;
    for (uint32_t i = 1; i <= n; i++) {
        uint32_t *now = row[i % 3], *up = row[(i + 2) % 3], *upper = row[(i + 1) % 3];
        now[0] = i;
        for (uint32_t k = 1; k <= m; k++) {
            now[k] = least(up[k - 1] + (a.ptr[i - 1] != b.ptr[k - 1]), least(up[k], now[k - 1]) + 1);
            bool swapped = i > 1 && k > 1 && a.ptr[i - 1] == b.ptr[k - 2] && a.ptr[i - 2] == b.ptr[k - 1];
            if (swapped) now[k] = least(now[k], upper[k - 2] + 1);
        }
    }
    return row[n % 3][m];
}

uint32_t hint_tolerance(Str word) { return word.len < 3 ? 0 : word.len < 8 ? 1 : 2; }

const char *hint_keyword(Str word) {
    const char *best = NULL;
    uint32_t nearest = hint_tolerance(word) + 1;
    for (int t = TOK_BREAK; t < TOK_COUNT && nearest > 0; t++) {
        Str k = {token_text[t], (int64_t)strlen(token_text[t])};
        uint32_t d = hint_distance(word, k, nearest - 1);
        if (d < nearest) best = token_text[t], nearest = d;
        if (d == 0 && memcmp(k.ptr, word.ptr, (size_t)k.len) == 0) return NULL; // it is one
    }
    return best;
}

// SPDX-License-Identifier: MIT
// lexer_test.c: tokens, automatic semicolons, literals and their errors, the
// tokens of the notation, positions. A text and what it must give are written
// as one line each: tokens as in the table, literals and names with their text.
#include "compiler/lexer.h"

#include <stdlib.h>
#include <string.h>

#include "tests/unit/check.h"


// The text in memory of exactly its size and the NUL byte behind it, so that a
// read beyond that is seen by the sanitizer.
static SourceFile *file_of(const char *text, size_t n) {
    char *copy = malloc(n + 1);
    memcpy(copy, text, n);
    copy[n] = 0;
    return source_add((Str){"t.csp", 5}, (Str){copy, (int64_t)n});
}

static void free_text(SourceFile *f) {
    source_reset_errors(true, false);
    free((char *)(uintptr_t)f->text.ptr);
}

static void describe(FILE *to, const Lexer *l) {
    if (l->auto_semi) fputs(l->at_eof ? "$" : "\\n", to);
    else if (l->kind == TOK_IDENT) fputs(l->name->text, to);
    else if (l->kind == TOK_INT) fprintf(to, "int:%.*s", (int)l->text.len, l->text.ptr);
    else if (l->kind == TOK_FLOAT) fprintf(to, "float:%.*s", (int)l->text.len, l->text.ptr);
    else if (l->kind == TOK_IMAG) fprintf(to, "imag:%.*s", (int)l->text.len, l->text.ptr);
    else if (l->kind == TOK_CHAR) fprintf(to, "char:%.*s", (int)l->text.len, l->text.ptr);
    else if (l->kind == TOK_STRING) fprintf(to, "string:%.*s", (int)l->text.len, l->text.ptr);
    else fputs(token_text[l->kind], to);
}

// All tokens of the text, apart by blanks; caller frees.
static char *tokens_of(SourceFile *f) {
    char *out;
    size_t size;
    FILE *to = open_memstream(&out, &size);
    Lexer l;
    lexer_init(&l, f);
    Pos last = f->base;
    for (lexer_next(&l); l.kind != TOK_EOF; lexer_next(&l)) {
        if (ftell(to) > 0) fputc(' ', to);
        describe(to, &l);
        CHECK(l.pos >= last && l.end >= l.pos && l.end <= f->base + f->text.len);
        last = l.pos;
    }
    fclose(to);
    return out;
}

static char *errors_now(void) {
    char *out;
    size_t size;
    FILE *to = open_memstream(&out, &size);
    source_print_errors(to);
    fclose(to);
    return out;
}

static void expect_bytes(int line, const char *text, size_t n, const char *want) {
    SourceFile *f = file_of(text, n);
    char *got = tokens_of(f);
    char *errors = errors_now();
    if (strcmp(got, want) != 0 || *errors) {
        failures++;
        printf("%s:%d: got  %s\n    want %s\n%s", __FILE__, line, got, want, errors);
    }
    free(got);
    free(errors);
    free_text(f);
}
#define EXPECT(text, want) expect_bytes(__LINE__, text, sizeof(text) - 1, want)

// The text has exactly one error, whose line begins with want ("1:5: message").
static void expect_error(int line, const char *text, size_t n, const char *want) {
    SourceFile *f = file_of(text, n);
    free(tokens_of(f));
    int count = source_error_count();
    char *errors = errors_now(), full[200];
    snprintf(full, sizeof full, "t.csp:%s\n", want);
    if (count != 1 || strncmp(errors, full, strlen(full)) != 0) {
        failures++;
        printf("%s:%d: want %s    got %d: %s\n", __FILE__, line, full, count, errors);
    }
    free(errors);
    free_text(f);
}
#define ERROR(text, want) expect_error(__LINE__, text, sizeof(text) - 1, want)

// --- tokens

// Each row of the table that has a fixed text is read back as itself.
static void test_table(void) {
    static const struct { const char *text; int kind; } rows[] = {
#define TOKEN(name, text)
#define OPERATOR(name, text, prec) {text, TOK_##name},
#define KEYWORD(name, text) {text, TOK_##name},
#include "compiler/token.def"
#undef TOKEN
#undef OPERATOR
#undef KEYWORD
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        SourceFile *f = file_of(rows[i].text, strlen(rows[i].text));
        Lexer l;
        lexer_init(&l, f);
        lexer_next(&l);
        if (l.kind != rows[i].kind || l.end != f->base + f->text.len) {
            failures++;
            printf("%s is read as %s\n", rows[i].text, token_text[l.kind]);
        }
        free_text(f);
    }
    CHECK(token_precedence[TOK_LOR] < token_precedence[TOK_LAND] && token_precedence[TOK_ADD] < token_precedence[TOK_MUL] && token_precedence[TOK_NOT] == 0);
}

// The longest operator wins.
static void test_operators(void) {
    EXPECT("a+++b", "a ++ + b $");
    EXPECT("a<<=b<-c", "a <<= b <- c $");
    EXPECT("a&^=b&&c&^d&e", "a &^= b && c &^ d & e $");
    EXPECT("f(x...)", "f ( x ... ) $");
    EXPECT("a>>=b>=c>>d", "a >>= b >= c >> d $");
    EXPECT("x:=y==z!=!w", "x := y == z != ! w $");
    EXPECT("~int|^x", "~ int | ^ x $");
    EXPECT("a.b.c", "a . b . c $");
    EXPECT("if iff ifs", "if iff ifs $");
    EXPECT("Func func funcs", "Func func funcs $");
    EXPECT("_ _1 \xc3\xa9t\xc3\xa9 x\xd9\xa3", "_ _1 \xc3\xa9t\xc3\xa9 x\xd9\xa3 $");
}

static void test_notation(void) {
    EXPECT("c?x", "c ? x $");
    EXPECT("c?\nd", "c ? \\n d $"); // a query without variable ends a statement
    EXPECT("x->y", "x -> y $");
    EXPECT("x\xe2\x86\x92y \xe2\x96\xa1 z", "x -> y \xe2\x96\xa1 z $");
    EXPECT("l::p", "l :: p $");
    EXPECT("l:=p", "l := p $");
    EXPECT("0..9", "int:0 .. int:9 $");
    EXPECT("0...9", "float:0. .. int:9 $");
    EXPECT("a..b", "a .. b $");
    EXPECT("x-->y", "x -- > y $");
    EXPECT("x\xe2\x86\x92\ny", "x -> y $");
    lexer_plain_go = true;
    EXPECT("0..9", "float:0. float:.9 $");
    EXPECT("l::p", "l : : p $");
    EXPECT("x->y", "x - > y $");
    ERROR("c?x", "1:2: invalid character U+003F '?'");
    ERROR("c \xe2\x96\xa1", "1:3: invalid character U+25A1 '\xe2\x96\xa1'");
    lexer_plain_go = false;
}

// --- automatic semicolons

static void test_semicolons(void) {
    EXPECT("", "");
    EXPECT("\n\n  // only\n", "");
    EXPECT("a\nb\n", "a \\n b \\n");
    EXPECT("a;\n;", "a semicolon semicolon");
    EXPECT("1\n1.5\n2i\n'c'\n\"s\"\n`r`\n", "int:1 \\n float:1.5 \\n imag:2i \\n char:'c' \\n string:\"s\" \\n string:`r` \\n");
    EXPECT("return\nbreak\ncontinue\nfallthrough\n", "return \\n break \\n continue \\n fallthrough \\n");
    EXPECT("x++\nx--\n)\n]\n}\n", "x ++ \\n x -- \\n ) \\n ] \\n } \\n");
    EXPECT("a +\nb,\n(\n[\n{\nif\nelse\n:=\n", "a + b comma ( [ { if else :=");
    EXPECT("a // c\nb", "a \\n b $");
    EXPECT("a /* c */ b", "a b $");
    EXPECT("a /* c\n */ b", "a \\n b $");
    EXPECT("a /* c */ /* d */\nb", "a \\n b $");
    EXPECT("a // at the end", "a $");
    EXPECT("a + /* c\n */ b", "a + b $");
    EXPECT("a\r\nb\r\n", "a \\n b \\n");
    EXPECT("#!/usr/bin/csp run\na", "a $");
    EXPECT("\xef\xbb\xbf#!x\na", "a $");
}

// --- literals

static void test_numbers(void) {
    EXPECT("0 7 0x1F 0XaB 0b101 0B1 0o17 0O7 017 1_000 0x_ff 0_7", "int:0 int:7 int:0x1F int:0XaB int:0b101 int:0B1 int:0o17 int:0O7 int:017 int:1_000 int:0x_ff int:0_7 $");
    EXPECT("1. .5 1.5 1e9 1E+9 1e-9 09.5 08e1 0x1p-2 0x1.8p3 0x.8P1 1_0.2_5", "float:1. float:.5 float:1.5 float:1e9 float:1E+9 float:1e-9 float:09.5 float:08e1 float:0x1p-2 float:0x1.8p3 float:0x.8P1 float:1_0.2_5 $");
    EXPECT("1i 0i .5i 1e3i 0x1i 08i", "imag:1i imag:0i imag:.5i imag:1e3i imag:0x1i imag:08i $");
    EXPECT("0x1e+2", "int:0x1e + int:2 $"); // e is a digit here
    EXPECT("1if", "imag:1i f $");
    ERROR("x = 08", "1:6: invalid digit '8' in octal literal");
    ERROR("0b102", "1:5: invalid digit '2' in binary literal");
    ERROR("0o78", "1:4: invalid digit '8' in octal literal");
    ERROR("0x", "1:1: hexadecimal literal has no digits");
    ERROR("0b", "1:1: binary literal has no digits");
    ERROR("1__0", "1:1: '_' must separate successive digits");
    ERROR("1_", "1:1: '_' must separate successive digits");
    ERROR("1_.5", "1:1: '_' must separate successive digits");
    ERROR("1._5", "1:1: '_' must separate successive digits");
    ERROR("1e", "1:1: exponent has no digits");
    ERROR("1e+", "1:1: exponent has no digits");
    ERROR("0x1.8", "1:1: hexadecimal mantissa requires a 'p' exponent");
    ERROR("1p3", "1:2: 'p' exponent requires hexadecimal mantissa");
    ERROR("0b1e3", "1:4: 'e' exponent requires decimal mantissa");
    ERROR("0b1.0", "1:4: invalid radix point in binary literal");
}

static void test_strings(void) {
    EXPECT("\"a\\\"b\" \"\\a\\b\\f\\n\\r\\t\\v\\\\\"", "string:\"a\\\"b\" string:\"\\a\\b\\f\\n\\r\\t\\v\\\\\" $");
    EXPECT("\"\\x41\\101\\u00e9\\U0010ffff\"", "string:\"\\x41\\101\\u00e9\\U0010ffff\" $");
    EXPECT("`a\\\nb` c", "string:`a\\\nb` c $");
    EXPECT("\"// no /* comment\"", "string:\"// no /* comment\" $");
    EXPECT("'x' '\\'' '\\\\' '\"' '\\377' '\xe4\xb8\x96'", "char:'x' char:'\\'' char:'\\\\' char:'\"' char:'\\377' char:'\xe4\xb8\x96' $");
    ERROR("\"abc", "1:1: string not terminated");
    ERROR("x \"abc\n", "1:7: newline in string");
    ERROR("`abc\n", "1:1: string not terminated");
    ERROR("\"\\q\"", "1:2: unknown escape");
    ERROR("\"\\'\"", "1:2: unknown escape");
    ERROR("'\\\"'", "1:2: unknown escape");
    ERROR("\"\\400\"", "1:2: octal escape value 256 > 255");
    ERROR("\"\\08\"", "1:4: invalid character '8' in octal escape");
    ERROR("\"\\x4g\"", "1:5: invalid character 'g' in hexadecimal escape");
    ERROR("\"\\x4\"", "1:5: invalid character '\"' in hexadecimal escape");
    ERROR("\"\\ud800\"", "1:2: escape is invalid Unicode code point");
    ERROR("\"\\U00110000\"", "1:2: escape is invalid Unicode code point");
    ERROR("''", "1:1: empty rune literal or unescaped ' in rune literal");
    ERROR("'ab'", "1:1: more than one character in rune literal");
    ERROR("'a", "1:1: rune literal not terminated");
    ERROR("'a\n", "1:3: newline in rune literal");
    ERROR("\"\\", "1:1: string not terminated");
    ERROR("\"\\x", "1:1: string not terminated");
    ERROR("\"a\xff\"", "1:3: invalid UTF-8 encoding");
    ERROR("\"a\0\"", "1:3: invalid NUL character");
}

static void test_bad_text(void) {
    ERROR("a # b", "1:3: invalid character U+0023 '#'");
    ERROR("a \x01 b", "1:3: invalid character U+0001");
    ERROR("a \0 b", "1:3: invalid NUL character");
    ERROR("a \xff b", "1:3: invalid UTF-8 encoding");
    ERROR("a\n\n \xef\xbb\xbf b", "3:2: invalid BOM in the middle of the file");
    ERROR("// \xef\xbb\xbf", "1:4: invalid BOM in the middle of the file");
    ERROR("/* abc", "1:1: comment not terminated");
    ERROR("/*/", "1:1: comment not terminated");
    ERROR("a\xe2\x82\xac", "1:2: invalid character U+20AC '\xe2\x82\xac' in identifier");
}

// Each prefix of a text is read without touching what lies behind it.
static void test_prefixes(void) {
    static const char text[] = "x := 0x1.8p-3i..2 // c\n/* d */ '\\U0001f600' \"\\377\\x4a\" `r` &^= <<= ... \xe2\x86\x92 \xc3\xa9\xe4\xb8\x96 -> :: 1e+5 0b1 /*line a:1*/";
    for (size_t n = 0; n < sizeof text; n++) {
        SourceFile *f = file_of(text, n);
        free(tokens_of(f));
        free_text(f);
    }
}

// --- positions, comments

static bool located(Pos pos, int line, int col) {
    Location at = source_locate(pos);
    return at.line == line && at.col == col;
}

static void test_positions(void) {
    static const char text[] = "ab +\n\t`x\ny` c // z\n\n d";
    SourceFile *f = file_of(text, strlen(text));
    Lexer l;
    lexer_init(&l, f);
    lexer_next(&l);
    CHECK(located(l.pos, 1, 1) && located(l.end, 1, 3) && !l.newline_before);
    lexer_next(&l);
    CHECK(located(l.pos, 1, 4) && located(l.prev_end, 1, 3));
    lexer_next(&l); // the raw string
    CHECK(located(l.pos, 2, 2) && located(l.end, 3, 3) && l.newline_before);
    lexer_next(&l);
    CHECK(located(l.pos, 3, 4) && !l.newline_before);
    lexer_next(&l); // where the comment begins
    CHECK(l.auto_semi && !l.at_eof && located(l.pos, 3, 6) && l.end == l.pos);
    lexer_next(&l);
    CHECK(located(l.pos, 5, 2) && l.newline_before);
    lexer_next(&l);
    CHECK(l.auto_semi && l.at_eof && located(l.pos, 5, 3));
    lexer_next(&l);
    CHECK(l.kind == TOK_EOF && located(l.pos, 5, 3));
    lexer_next(&l);
    CHECK(l.kind == TOK_EOF); // and for ever
    free_text(f);
}

// The position of the token named a in the text.
static Location place_of_a(const char *text) {
    SourceFile *f = file_of(text, strlen(text));
    Lexer l;
    lexer_init(&l, f);
    do lexer_next(&l);
    while (l.kind != TOK_EOF && !(l.kind == TOK_IDENT && strcmp(l.name->text, "a") == 0));
    Location at = source_locate(l.pos);
    free_text(f);
    return at;
}

static void test_line_directives(void) {
    CHECK(place_of_a("//line x.y:10\n a").line == 10 && place_of_a("//line x.y:10\n\n\na").line == 12);
    CHECK(place_of_a("/*line x.y:7:30*/a").line == 7 && place_of_a("/*line x.y:7:30*/a").col == 30);
    CHECK(place_of_a(" //line x.y:10\na").line == 2); // not at the begin of its line
    ERROR("//line x:0\na", "1:8: invalid line number: 0");
}

// The comment that belongs to the token named a.
static bool doc_is(const char *text, const char *want) {
    SourceFile *f = file_of(text, strlen(text));
    Lexer l;
    lexer_init(&l, f);
    do lexer_next(&l);
    while (l.kind != TOK_EOF && !(l.kind == TOK_IDENT && strcmp(l.name->text, "a") == 0));
    bool same = l.doc.len == (int64_t)strlen(want) && memcmp(l.doc.ptr, want, strlen(want)) == 0;
    free_text(f);
    return same;
}

static void test_doc(void) {
    CHECK(doc_is("// one\n// two\na", "// one\n// two"));
    CHECK(doc_is("// far\n\n// near\na", "// near"));
    CHECK(doc_is("// far\n\na", ""));
    CHECK(doc_is("/* c */ a", "/* c */"));
    CHECK(doc_is("b // of b\na", ""));
}

static void test_build_line(void) {
    static const char text[] = "//go:build go1.21\n\npackage p\n//go:build go1.5\n";
    SourceFile *f = file_of(text, strlen(text));
    Lexer l;
    lexer_init(&l, f);
    do lexer_next(&l);
    while (l.kind != TOK_EOF);
    CHECK(l.lang_minor == 21);
    free_text(f);
}

int main(void) {
    source_reset_errors(true, false);
    test_table();
    test_operators();
    test_notation();
    test_semicolons();
    test_numbers();
    test_strings();
    test_bad_text();
    test_prefixes();
    test_positions();
    test_line_directives();
    test_doc();
    test_build_line();
    return check_status();
}

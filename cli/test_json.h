// SPDX-License-Identifier: MIT
// test_json.h: what tests print, as events in JSON (go help test2json).
#ifndef CSP_CLI_TEST_JSON_H
#define CSP_CLI_TEST_JSON_H

#include <stdbool.h>
#include <stddef.h>

typedef struct TestJson {
    const char *package;
    char *line;          // begun, without its end yet
    size_t len, cap;
    char *name;          // of the test that output belongs to; NULL: the package
    struct JsonResult *pending; // verdicts whose output may still come
    size_t npending;
} TestJson;

void test_json_begin(TestJson *j, const char *package); // borrows package until test_json_end
void test_json_write(TestJson *j, const char *text, size_t len); // output of the tests
// An event about the package itself; action is start, output, pass, fail or
// skip; seconds < 0: without.
void test_json_event(TestJson *j, const char *action, const char *output, double seconds);
void test_json_end(TestJson *j); // what is left

#endif

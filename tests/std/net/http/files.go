// Files: types, parts, versions, directories; and what ServeContent guesses.
package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"time"
)

func main() {
	dir, _ := os.MkdirTemp("", "csp-http")
	defer os.RemoveAll(dir)
	os.Mkdir(filepath.Join(dir, "sub"), 0o755)
	os.Mkdir(filepath.Join(dir, "site"), 0o755)
	for name, text := range map[string]string{"a.txt": "0123456789", "page.html": "<p>hi", "data": "\x00\x01", "sub/b.css": "a{}", "site/index.html": "<html>index", "odd<name>": ""} {
		path := filepath.Join(dir, name)
		os.WriteFile(path, []byte(text), 0o644)
		os.Chtimes(path, time.Unix(1e9, 0), time.Unix(1e9, 0))
	}
	h := http.FileServer(http.Dir(dir))
	get := func(path string, head ...string) {
		r := httptest.NewRequest("GET", path, nil)
		for i := 0; i < len(head); i += 2 {
			r.Header.Set(head[i], head[i+1])
		}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		o := w.Result().Header
		fmt.Printf("%s %v: %d %q %s %s %s %s\n", path, head, w.Code, w.Body, o.Get("Content-Type"), o.Get("Content-Length"), o.Get("Content-Range"), o.Get("Location"))
	}
	for _, path := range []string{"/a.txt", "/page.html", "/data", "/sub/b.css", "/sub", "/site/", "/site/index.html", "/a.txt/", "/none", "/../a.txt", "/"} {
		get(path)
	}
	for _, part := range []string{"bytes=0-3", "bytes=4-", "bytes=-3", "bytes=8-100", "bytes=10-", "bytes=3-1", "lines=1", "bytes=-0", "bytes=0-0"} {
		get("/a.txt", "Range", part)
	}
	get("/a.txt", "If-Modified-Since", time.Unix(1e9, 0).UTC().Format(http.TimeFormat))
	get("/a.txt", "If-Modified-Since", time.Unix(1e9-1, 0).UTC().Format(http.TimeFormat))
	for _, data := range []string{"", "plain", "<!DOCTYPE HTML>", "  <html lang=x>", "<htmlx", "<?xml", "\x89PNG\r\n\x1a\n", "GIF89a", "%PDF-1", "\x1f\x8b\x08", "PK\x03\x04", "\xff\xd8\xff", "\xef\xbb\xbfx", "a\x01b", "RIFFxxxxWAVE", "BM", "<!-- x", "\x00asm"} {
		fmt.Printf("%q %s\n", data, http.DetectContentType([]byte(data)))
	}
	w := httptest.NewRecorder()
	http.ServeContent(w, httptest.NewRequest("HEAD", "/", nil), "x.json", time.Time{}, strings.NewReader("{}"))
	fmt.Println(w.Code, w.Body.Len(), w.Header())
}

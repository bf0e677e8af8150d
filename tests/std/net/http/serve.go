// A server and its client: bodies, heads, forms, redirections, cookies.
package main

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sort"
	"strings"
	"sync"
)

func read(resp *http.Response, err error) string {
	if err != nil {
		return "error: " + err.Error()
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	s := fmt.Sprintf("%s %q", resp.Status, body)
	if err != nil {
		s += " " + err.Error()
	}
	return s
}

func routes() *http.ServeMux {
	mux := http.NewServeMux()
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/" {
			http.NotFound(w, r)
			return
		}
		fmt.Fprintln(w, "home of", r.Method, r.Proto)
	})
	mux.HandleFunc("/echo", func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		w.Header().Set("X-Length", fmt.Sprint(r.ContentLength))
		w.Header().Add("X-Type", r.Header.Get("content-type"))
		fmt.Fprintf(w, "%s %s", r.Method, body)
	})
	mux.HandleFunc("/form", func(w http.ResponseWriter, r *http.Request) {
		if err := r.ParseForm(); err != nil {
			http.Error(w, err.Error(), 400)
			return
		}
		var keys []string
		for k := range r.Form {
			keys = append(keys, k)
		}
		sort.Strings(keys)
		for _, k := range keys {
			fmt.Fprintf(w, "%s=%v;", k, r.Form[k])
		}
		fmt.Fprint(w, r.PostFormValue("a"), r.FormValue("q"))
	})
	mux.HandleFunc("/long", func(w http.ResponseWriter, r *http.Request) {
		for i := 0; i < 3; i++ {
			fmt.Fprint(w, strings.Repeat("x", 1500))
		}
	})
	mux.HandleFunc("/flush", func(w http.ResponseWriter, r *http.Request) {
		for i := 0; i < 3; i++ {
			fmt.Fprintln(w, "part", i)
			w.(http.Flusher).Flush()
		}
	})
	mux.HandleFunc("/trailer", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Trailer", "X-Sum")
		fmt.Fprint(w, "with trailer")
		w.Header().Set("X-Sum", "42")
	})
	mux.HandleFunc("/status/", func(w http.ResponseWriter, r *http.Request) {
		var code int
		fmt.Sscan(strings.TrimPrefix(r.URL.Path, "/status/"), &code)
		w.WriteHeader(code)
	})
	mux.HandleFunc("/redirect", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/echo?again=1", 302) })
	mux.HandleFunc("/redirect307", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "echo", 307) })
	mux.HandleFunc("/loop", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/loop", 301) })
	mux.Handle("/gone", http.RedirectHandler("/nowhere", http.StatusMovedPermanently))
	mux.HandleFunc("/cookie", func(w http.ResponseWriter, r *http.Request) {
		c, err := r.Cookie("flavour")
		if err != nil {
			http.SetCookie(w, &http.Cookie{Name: "flavour", Value: "vanilla, mostly", Path: "/", HttpOnly: true, MaxAge: 60})
			fmt.Fprint(w, err)
			return
		}
		fmt.Fprint(w, c.Value)
	})
	mux.HandleFunc("/auth", func(w http.ResponseWriter, r *http.Request) {
		name, password, ok := r.BasicAuth()
		fmt.Fprint(w, name, password, ok)
	})
	mux.Handle("/strip/", http.StripPrefix("/strip", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, r.URL.Path) })))
	return mux
}

func main() {
	s := httptest.NewServer(routes())
	defer s.Close()
	get := func(path string) string { return read(http.Get(s.URL + path)) }
	for _, path := range []string{"/", "/nothing", "/echo", "/form?q=1&q=2&z=%20", "/flush", "/status/204", "/status/404", "/status/304",
		"/redirect", "/gone", "/cookie", "/a//b/../c", "/strip/", "/strip?q=1", "/strip/x/y"} {
		fmt.Println(path, get(path))
	}
	fmt.Println(len(get("/long")))

	resp, err := http.Post(s.URL+"/echo", "text/x", strings.NewReader("hello"))
	fmt.Println(read(resp, err), resp.Header.Get("X-Length"), resp.Header["X-Type"], resp.ContentLength, resp.Header.Get("Content-Type"))
	resp, err = http.Post(s.URL+"/echo", "text/x", io.MultiReader(strings.NewReader("in "), strings.NewReader("chunks")))
	fmt.Println(read(resp, err), resp.Header.Get("X-Length"))
	fmt.Println(read(http.PostForm(s.URL+"/form?q=url", url.Values{"a": {"1", "2"}, "b": {"x y&z"}})))
	fmt.Println(read(http.Post(s.URL+"/redirect", "t", strings.NewReader("lost"))))
	fmt.Println(read(http.Post(s.URL+"/redirect307", "t", strings.NewReader("kept"))))
	resp, err = http.Head(s.URL + "/long")
	fmt.Println(read(resp, err), resp.ContentLength)
	resp, err = http.Get(s.URL + "/trailer")
	fmt.Println(read(resp, err), resp.Trailer)
	_, err = http.Get(s.URL + "/loop")
	fmt.Println(strings.HasSuffix(err.Error(), `Get "/loop": stopped after 10 redirects`))

	req, _ := http.NewRequest("GET", s.URL+"/auth", nil)
	req.SetBasicAuth("ann", "secret")
	fmt.Println(read(http.DefaultClient.Do(req)))
	req, _ = http.NewRequest("DELETE", s.URL+"/cookie", nil)
	req.AddCookie(&http.Cookie{Name: "flavour", Value: "mint"})
	req.AddCookie(&http.Cookie{Name: "n", Value: "2"})
	fmt.Println(read(http.DefaultClient.Do(req)))
	resp, _ = http.Get(s.URL + "/cookie")
	resp.Body.Close()
	c := resp.Cookies()[0]
	fmt.Println(c.Name, c.Value, c.Path, c.HttpOnly, c.MaxAge, c)
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err = client.Get(s.URL + "/redirect")
	to, _ := resp.Location()
	fmt.Println(resp.StatusCode, to.Path, to.RawQuery, err)

	var all sync.WaitGroup
	answers := make([]string, 40)
	for i := range answers {
		all.Add(1)
		go func(i int) {
			defer all.Done()
			for j := 0; j < 5; j++ {
				answers[i] = read(http.Post(s.URL+"/echo", "t", strings.NewReader(fmt.Sprint(i*j))))
			}
		}(i)
	}
	all.Wait()
	fmt.Println(answers[0], answers[7], answers[39])
}

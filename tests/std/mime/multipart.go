// Bodies of several parts: written, read in pieces of all sizes, as forms.
package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"mime/quotedprintable"
	"net/http"
	"net/http/httptest"
	"net/textproto"
	"os"
	"sort"
	"strings"
	"testing/iotest"
)

func main() {
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	fmt.Println(len(w.Boundary()) > 20, w.SetBoundary("bad\x00"), w.SetBoundary(""), w.SetBoundary("my boundary"))
	fmt.Println(w.FormDataContentType())
	must(w.WriteField("name", "Ann"))
	must(w.WriteField("na\"me", "x\r\n--my boundar\r\n--my boundaryx\r\n"))
	f, err := w.CreateFormFile("file", "dir/a.txt")
	must(err)
	fmt.Fprint(f, strings.Repeat("content\r\n-", 2000))
	f2, err := w.CreatePart(textproto.MIMEHeader{"X-B": {"1", "2"}, "Content-Transfer-Encoding": {"quoted-printable"}})
	must(err)
	fmt.Fprint(f2, "a=C3=A4 =\r\nb\r\n")
	_, err = f.Write([]byte("late"))
	fmt.Println(err)
	_, err = w.CreateFormField("empty")
	must(err)
	must(w.Close())
	kind := w.FormDataContentType()
	fmt.Println(w.SetBoundary("x"), w.Boundary())
	text := b.String()
	fmt.Printf("%q\n", text[:150])

	for _, wrap := range []func(io.Reader) io.Reader{
		func(r io.Reader) io.Reader { return r }, iotest.OneByteReader, iotest.HalfReader, iotest.DataErrReader,
	} {
		r := multipart.NewReader(wrap(strings.NewReader("before\r\n"+text+"after")), "my boundary")
		for {
			p, err := r.NextPart()
			if err != nil {
				fmt.Println(err)
				break
			}
			body, err := io.ReadAll(p)
			fmt.Println(p.FormName(), p.FileName(), len(p.Header), len(body), err)
			if len(body) < 100 {
				fmt.Printf("%q\n", body)
			}
		}
	}
	for _, s := range []string{"", "--b", "--b\r\nA: b\r\n\r\n", "--b\r\nA: b\r\n\r\nx\r\n--b", "--b\r\nA: b\r\n\r\nx\r\n--b--", "--b\n\nunix\nlines\n--b\n\nmore\n--b--\n",
		"--b\r\n\r\n--b\r\n\r\n\r\n--b--", "--b--", "--b  \r\n\r\nx\r\n--b \t\r\n\r\ny\r\n--b-- \r\n", "--b\r\n\r\nx\r\n--bb\r\n--b-\r\n--b--"} {
		r := multipart.NewReader(strings.NewReader(s), "b")
		fmt.Printf("%q:", s)
		for i := 0; i < 5; i++ {
			p, err := r.NextPart()
			if err != nil {
				fmt.Print(" ", err)
				break
			}
			body, err := io.ReadAll(p)
			fmt.Printf(" %q %v,", body, err)
		}
		fmt.Println()
	}
	_, err = multipart.NewReader(strings.NewReader("x"), "").NextPart()
	fmt.Println(err)

	for _, memory := range []int64{1 << 20, 100} {
		form, err := multipart.NewReader(strings.NewReader(text), "my boundary").ReadForm(memory)
		must(err)
		h := form.File["file"][0]
		file, err := h.Open()
		must(err)
		_, onDisk := file.(*os.File)
		body, _ := io.ReadAll(file)
		part := make([]byte, 7)
		file.ReadAt(part, 10)
		file.Seek(-3, io.SeekEnd)
		end, _ := io.ReadAll(file)
		fmt.Println(form.Value["name"], form.Value["empty"], h.Filename, h.Size, len(body), onDisk, string(part), fmt.Sprintf("%q", end), file.Close())
		var keys []string
		for k := range form.Value {
			keys = append(keys, k)
		}
		sort.Strings(keys)
		fmt.Printf("%q %v\n", keys, form.RemoveAll())
		_, err = h.Open()
		fmt.Println(errors.Is(err, os.ErrNotExist))
	}

	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/value":
			fmt.Fprintf(w, "%q %q %q %q", r.FormValue("name"), r.FormValue("q"), r.PostFormValue("name"), r.PostFormValue("q"))
		case "/file":
			f, h, err := r.FormFile("file")
			if err != nil {
				fmt.Fprint(w, err)
				return
			}
			n, _ := io.Copy(io.Discard, f)
			_, _, err = r.FormFile("other")
			fmt.Fprint(w, h.Filename, h.Size, n, err, r.MultipartForm.Value["name"])
		case "/parts":
			parts, err := r.MultipartReader()
			if err != nil {
				fmt.Fprint(w, err)
				return
			}
			p, err := parts.NextPart()
			if err != nil {
				fmt.Fprint(w, err)
				return
			}
			fmt.Fprint(w, p.FormName(), err, r.ParseMultipartForm(1))
			_, err = r.MultipartReader()
			fmt.Fprint(w, err)
		}
	}))
	defer s.Close()
	for _, path := range []string{"/value?q=1", "/file", "/parts"} {
		for _, kind := range []string{kind, "text/plain", "multipart/form-data"} {
			resp, err := http.Post(s.URL+path, kind, strings.NewReader(text))
			must(err)
			body, _ := io.ReadAll(resp.Body)
			resp.Body.Close()
			fmt.Printf("%s %s\n", path, body)
		}
	}

	for _, s := range []string{"", "plain", "a=b", "ä€ tail \nblank\t\r\nlong " + strings.Repeat("x", 200) + "\n", "\x00\xff", " ", "a \n"} {
		var q bytes.Buffer
		e := quotedprintable.NewWriter(&q)
		e.Write([]byte(s))
		e.Close()
		back, err := io.ReadAll(quotedprintable.NewReader(&q))
		fmt.Printf("%q %v\n", back, err)
	}
	var q bytes.Buffer
	e := quotedprintable.NewWriter(&q)
	e.Write([]byte("grün = grün \n" + strings.Repeat("é", 40)))
	e.Close()
	fmt.Printf("%q\n", q.String())
	for _, s := range []string{"=41=c3=A4", "a=\nb=\r\nc", "trail  \n", "=4", "=zz", "bad\x01", "a= \r\nb", "end="} {
		back, err := io.ReadAll(quotedprintable.NewReader(strings.NewReader(s)))
		fmt.Printf("%q: %q %v\n", s, back, err != nil)
	}
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

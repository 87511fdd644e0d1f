import type { EndpointOutput } from "@/lib/contract/endpoints";

/**
 * A receiver, as a complete program. It refuses requests older than five minutes, and accepts any of several
 * signatures.
 */
export type Snippet = {
  label: string;
  file: string;
  /** A shell command that installs what it needs besides its language. */
  install?: string;
  /** A shell command that starts the file. */
  run: string;
  code: string;
};

/** Receivers that check the signatures of a webhook, by language. */
export type Snippets = (endpoint: EndpointOutput) => Record<"node" | "python" | "go", Snippet>;

/** The part of a receiver that is the same for every kind of signature: it calls `verify(body, headers)`. */
export const snippetServers = {
  node: `const server = createServer(async (request, response) => {
  // The bytes as they came: JSON that is parsed and printed again differs.
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  if (!(await verify(body, request.headers))) {
    response.writeHead(400).end("wrong signature");
    return;
  }
  response.writeHead(204).end(); // answer first, work afterwards
  const event = JSON.parse(body);
  console.log(event.type, event.data);
});

server.listen(process.env.PORT ?? 3001);`,
  python: `class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        # The bytes as they came: JSON that is parsed and printed again differs.
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        if not verify(body, self.headers):
            self.send_error(400, "wrong signature")
            return
        self.send_response(204)  # answer first, work afterwards
        self.end_headers()
        event = json.loads(body)
        print(event["type"], event["data"], flush=True)


port = int(os.environ.get("PORT", 3001))
ThreadingHTTPServer(("", port), Receiver).serve_forever()`,
  go: `	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		// The bytes as they came: JSON that is parsed and printed again differs.
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 1<<20))
		if err != nil || !verify(body, r.Header) {
			http.Error(w, "wrong signature", http.StatusBadRequest)
			return
		}
		w.WriteHeader(http.StatusNoContent) // answer soon, work elsewhere
		log.Println(string(body))
	})
	log.Fatal(http.ListenAndServe(":"+cmp.Or(os.Getenv("PORT"), "3001"), nil))
}`,
};

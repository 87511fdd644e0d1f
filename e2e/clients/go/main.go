package main

import (
	"context"
	"encoding/json"
	"log"
	"net/http"
	"os"

	"posthorn.test/publish/api"
)

func main() {
	authorize := func(_ context.Context, request *http.Request) error {
		request.Header.Set("Authorization", "Bearer "+os.Getenv("KEY"))
		return nil
	}
	client, err := api.NewClientWithResponses(os.Getenv("BASE")+"/api/v1", api.WithRequestEditorFn(authorize))
	if err != nil {
		log.Fatal(err)
	}
	publish := func(eventType string) *api.PublishEventResponse {
		data := map[string]interface{}{"id": "inv_1", "lines": []map[string]int{{"cents": 100}}}
		event := api.PublishEvent{Type: eventType, Data: data}
		answer, err := client.PublishEventWithResponse(context.Background(), nil, event)
		if err != nil {
			log.Fatal(err)
		}
		return answer
	}

	published := publish("invoice.paid").JSON202
	refused := publish("invoice paid").ApplicationproblemJSON422
	if published == nil || refused == nil || refused.Errors == nil {
		log.Fatal("an answer is not what the document says")
	}
	err = json.NewEncoder(os.Stdout).Encode(map[string]interface{}{
		"published": published.Id,
		"status":    refused.Status,
		"code":      refused.Code,
		"path":      (*refused.Errors)[0].Path,
	})
	if err != nil {
		log.Fatal(err)
	}
}

import json
import os

from posthorn_client import AuthenticatedClient
from posthorn_client.api.events import publish_event
from posthorn_client.models import Problem, PublishEvent, PublishEventData, PublishEventResponse202

client = AuthenticatedClient(base_url=os.environ["BASE"] + "/api/v1", token=os.environ["KEY"])

data = PublishEventData.from_dict({"id": "inv_1", "lines": [{"cents": 100}]})
published = publish_event.sync(client=client, body=PublishEvent(type_="invoice.paid", data=data))
assert isinstance(published, PublishEventResponse202), published

refused = publish_event.sync(client=client, body=PublishEvent(type_="invoice paid", data=data))
assert isinstance(refused, Problem) and refused.errors, refused

print(
    json.dumps(
        {
            "published": published.id,
            "status": refused.status,
            "code": refused.code,
            "path": refused.errors[0].path,
        }
    )
)

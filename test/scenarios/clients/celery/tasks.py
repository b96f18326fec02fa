"""A celery app whose broker is the pipit at BROKER; what its tasks do is written to RESULTS, a line each."""

import os
from urllib.parse import urlsplit

from celery import Celery

gateway = urlsplit(os.environ["BROKER"])
options = {"region": "moon-base-alpha", "is_secure": False, "wait_time_seconds": 5, "visibility_timeout": 30}
if os.environ.get("PREDEFINED"):
    url = f"{os.environ['BROKER']}/000000000000/work"
    options["predefined_queues"] = {"work": {"url": url, "access_key_id": "any", "secret_access_key": "any"}}

app = Celery("tasks", broker=f"sqs://any:any@{gateway.netloc}")
app.conf.update(broker_transport_options=options, task_default_queue="work", broker_connection_retry_on_startup=True)


def note(line):
    with open(os.environ["RESULTS"], "a", encoding="utf-8") as results:
        results.write(f"{line}\n")


@app.task
def add(a, b):
    note(f"add {a + b}")


@app.task(bind=True, max_retries=1, default_retry_delay=1)
def fails_once(self):
    note(f"attempt {self.request.retries}")
    if self.request.retries == 0:
        raise self.retry()

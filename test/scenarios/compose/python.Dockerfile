# boto3 in a container. Debian's Python, since no other image than Node's can be counted on.
FROM node:24-slim
RUN apt-get update -qq \
 && apt-get install -y -qq --no-install-recommends python3-venv \
 && python3 -m venv /venv \
 && rm -rf /var/lib/apt/lists/*
COPY requirements.txt ./
RUN /venv/bin/pip install --quiet --disable-pip-version-check --requirement requirements.txt
COPY same_queue.py ./
ENTRYPOINT ["/venv/bin/python", "same_queue.py"]

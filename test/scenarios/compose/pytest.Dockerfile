# The README's suite, in a container as its reader would write one.
FROM pipit-boto3
WORKDIR /suite
COPY *.py ./
ENTRYPOINT ["/venv/bin/python", "-m", "pytest", "-p", "no:cacheprovider"]

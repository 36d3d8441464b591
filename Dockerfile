# Two images: `docker build -t parallax-search .` has Milvus Lite inside, `--target server` has not and wants a MILVUS_URI.
# docs/docker.md tells how to run them. What is in them is the npm package, as `npm pack` makes it and `npm install` lays it out.
FROM node:24-bookworm-slim AS package
WORKDIR /source
COPY package.json package-lock.json .npmrc ./
COPY scripts scripts
RUN node scripts/setup.mjs --no-python
COPY LICENSE NOTICE README.md THIRD-PARTY.md requirements.txt tsconfig.json ./
COPY bin bin
COPY docs docs
COPY milvus-lite milvus-lite
COPY models models
COPY schema schema
COPY src src
COPY web web
RUN node scripts/setup.mjs --build --no-python && npm pack

# ONNX Runtime's package has every platform's binaries; the image keeps its own.
FROM node:24-bookworm-slim AS installed
COPY --from=package /source/parallax-search-*.tgz /tmp/
RUN npm install --ignore-scripts --no-audit --no-fund --prefix /opt/parallax /tmp/parallax-search-*.tgz \
 && cd /opt/parallax/node_modules/onnxruntime-node/bin/napi-v6 \
 && find . -mindepth 2 -maxdepth 2 ! -path "./linux/$(node -p process.arch)" -exec rm -r {} +

# Without what only tests and builds of the Python packages need.
FROM node:24-bookworm-slim AS milvus-lite
RUN apt-get update && apt-get install -y --no-install-recommends python3 python3-venv
COPY requirements.txt /tmp/
RUN python3 -m venv /opt/milvus-lite \
 && /opt/milvus-lite/bin/pip install --no-cache-dir --disable-pip-version-check -r /tmp/requirements.txt \
 && /opt/milvus-lite/bin/pip uninstall -y pip setuptools \
 && find /opt/milvus-lite -depth -type d \( -name tests -o -path "*/pyarrow/include" \) -exec rm -r {} +

FROM node:24-bookworm-slim AS server
ENV NODE_ENV=production HOST=0.0.0.0 PORT=4000 DATA_FOLDER=/data CACHE_FOLDER=/cache MILVUS_URI=http://milvus:19530
COPY --from=installed /opt/parallax /opt/parallax
RUN mkdir /data /cache && chown node:node /data /cache
WORKDIR /data
USER node
VOLUME ["/data", "/cache"]
EXPOSE 4000
# The first start downloads the model; the server is live before it is ready.
HEALTHCHECK --interval=10s --timeout=6s --start-period=10m --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/ready').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["/opt/parallax/node_modules/.bin/parallax-search"]
CMD ["serve"]

FROM server AS lite
USER root
RUN apt-get update && apt-get install -y --no-install-recommends python3 && rm -rf /var/lib/apt/lists/*
COPY --from=milvus-lite /opt/milvus-lite /opt/milvus-lite
USER node
ENV MILVUS_URI=/data/milvus MILVUS_LITE_PYTHON=/opt/milvus-lite/bin/python

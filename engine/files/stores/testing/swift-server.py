# A whole OpenStack Swift, which speaks S3, in one process and one folder: for tests. Prints its port when it answers,
# and ends with its standard input, so that it never outlives whoever started it.
# Run with the Python of Debian's package python3-swift: python3 swift-server.py FOLDER [PORT]
import os
import sys

import eventlet

eventlet.patcher.monkey_patch(all=False, socket=True, select=True, thread=True)

from eventlet import tpool, wsgi
from swift.common import storage_policy, utils
from swift.common.ring import RingBuilder
from swift.common.utils import NullLogger
from swift.common.wsgi import SwiftHttpProtocol, loadapp

folder = sys.argv[1]
backs = ['account', 'container', 'object']
filters = ['catch_errors', 'gatekeeper', 'proxy-logging', 'bulk', 'listing_formats', 's3api', 'tempauth', 'copy', 'slo']

settings = f"""[DEFAULT]
swift_dir = {folder}
devices = {folder}/devices
mount_check = false
"""

back = """[pipeline:main]
pipeline = app
[app:app]
use = egg:swift#{name}
"""

front = f"""[pipeline:main]
pipeline = {' '.join(filters)} proxy-server
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
[filter:tempauth]
use = egg:swift#tempauth
user_tests_commonhall = secret-of-tests .admin
[filter:s3api]
use = egg:swift#s3api
s3_acl = false
"""


class Memory(dict):
    """What memcached is to Swift, in one process."""

    def __bool__(self):
        return True

    def get(self, key, **_):
        return dict.get(self, key)

    def set(self, key, value, **_):
        self[key] = value

    def delete(self, key, **_):
        self.pop(key, None)


def written(name, text):
    path = os.path.join(folder, name)
    with open(path, 'w') as file:
        file.write(text)
    return path


def serve(socket, app):
    eventlet.spawn(wsgi.server, socket, app, NullLogger(), protocol=SwiftHttpProtocol)


# One disk, one copy of everything.
os.makedirs(os.path.join(folder, 'devices', 'disk'), exist_ok=True)
utils.SWIFT_CONF_FILE = written('swift.conf', '[storage-policy:0]\nname = one\ndefault = yes\n')
utils.HASH_PATH_PREFIX = utils.HASH_PATH_SUFFIX = b'tests'
storage_policy.reload_storage_policies()
for name in backs:
    socket = eventlet.listen(('127.0.0.1', 0))
    ring = RingBuilder(1, 1, 0)
    place = {'region': 1, 'zone': 1, 'ip': '127.0.0.1', 'port': socket.getsockname()[1]}
    ring.add_dev({**place, 'device': 'disk', 'weight': 1})
    ring.rebalance()
    ring.get_ring().save(os.path.join(folder, f'{name}.ring.gz'))
    serve(socket, loadapp(written(f'{name}-server.conf', settings + back.format(name=name))))

for one in filters:
    if f'[filter:{one}]' not in front:
        front += f'[filter:{one}]\nuse = egg:swift#{one.replace("-", "_")}\n'
proxy = loadapp(written('proxy-server.conf', settings + front))
memory = Memory()


def answer(environment, start):
    environment['swift.cache'] = memory
    return proxy(environment, start)


socket = eventlet.listen(('127.0.0.1', int(sys.argv[2]) if len(sys.argv) > 2 else 0))
serve(socket, answer)
print(socket.getsockname()[1], flush=True)
tpool.execute(sys.stdin.read)
os._exit(0)

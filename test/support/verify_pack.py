"""Checks unpacked evidence packs: python3 verify_pack.py FOLDER [--key KEY] [--roots FILE]

With --many, lines on standard input are such arguments as JSON arrays, each answered with the JSON array of what is wrong.

Written from the description of the format in docs/audit.md, RFC 6962 and 9162, RFC 8785 and RFC 8032, and from nothing of
Carveout's own code, so that a mistake of one verifier is none of the other. Python's standard library only.
"""
import base64
import hashlib
import json
import os
import re
import sys

PROBLEMS = []


def problem(text):
    PROBLEMS.append(text)


def sha256(*parts):
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part)
    return digest.digest()


# RFC 8785, for what occurs: objects, arrays, strings, whole numbers, true, false and null.
ESCAPES = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def canonical_string(text):
    return '"' + "".join(ESCAPES.get(c) or (f"\\u{ord(c):04x}" if ord(c) < 0x20 else c) for c in text) + '"'


def canonical(value):
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return canonical_string(value)
    if isinstance(value, list):
        return "[" + ",".join(canonical(one) for one in value) + "]"
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
        return "{" + ",".join(canonical_string(key) + ":" + canonical(value[key]) for key in keys) + "}"
    raise ValueError(f"{value!r} has no canonical form here")


# RFC 9162, sections 2.1.3.2 and 2.1.4.2, step by step.
def node_hash(left, right):
    return sha256(b"\x01", left, right)


def root_from_inclusion(index, size, leaf, proof):
    if index < 0 or index >= size:
        return None
    fn, sn, r = index, size - 1, leaf
    for p in proof:
        if sn == 0:
            return None
        if fn & 1 or fn == sn:
            r = node_hash(p, r)
            while not fn & 1 and fn != 0:
                fn, sn = fn >> 1, sn >> 1
        else:
            r = node_hash(r, p)
        fn, sn = fn >> 1, sn >> 1
    return r if sn == 0 else None


def is_consistent(first, second, first_root, second_root, proof):
    if first == second:
        return not proof and first_root == second_root
    if first < 1 or first > second:
        return False
    path = list(proof)
    if first & (first - 1) == 0:
        path.insert(0, first_root)
    if not path:
        return False
    fn, sn = first - 1, second - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    fr = sr = path[0]
    for c in path[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            fr, sr = node_hash(c, fr), node_hash(c, sr)
            while not fn & 1 and fn != 0:
                fn, sn = fn >> 1, sn >> 1
        else:
            sr = node_hash(sr, c)
        fn, sn = fn >> 1, sn >> 1
    return fr == first_root and sr == second_root and sn == 0


# RFC 8032, section 6, verification alone.
P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)


def add(a, b):
    e, f = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    g, h = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = f - e, h - g, h + g, f + e
    return (e * f, g * h, f * g, e * h)


def times(scalar, point):
    result = (0, 1, 1, 0)
    while scalar > 0:
        if scalar & 1:
            result = add(result, point)
        point, scalar = add(point, point), scalar >> 1
    return result


def decompress(bytes32):
    y = int.from_bytes(bytes32, "little")
    sign, y = y >> 255, y & ((1 << 255) - 1)
    if y >= P:
        return None
    x2 = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(x2, (P + 3) // 8, P)
    if (x * x - x2) % P != 0:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - x2) % P != 0 or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return (x, y, 1, x * y % P)


BASE = decompress((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def ed25519_holds(public, message, signature):
    if len(public) != 32 or len(signature) != 64:
        return False
    a, r = decompress(public), decompress(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= L:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % L
    left, right = times(s, BASE), add(r, times(h, a))
    return (left[0] * right[2] - right[0] * left[2]) % P == 0 and (left[1] * right[2] - right[1] * left[2]) % P == 0


# C2SP signed notes: text, blank line, lines "— name base64(4 bytes of key id, signature)".
def parse_key(text):
    found = re.fullmatch(r"([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)", text.strip())
    if not found:
        return None
    name, key_id, raw = found.group(1), found.group(2), base64.b64decode(found.group(3))
    if len(raw) != 33 or raw[0] != 1 or sha256(name.encode() + b"\n" + raw)[:4].hex() != key_id:
        return None
    return name, key_id, raw[1:]


def signed_by(note, key):
    name, key_id, public = key
    text, _, signatures = note.partition("\n\n— ")
    for line in ("— " + signatures).splitlines():
        parts = line.split(" ")
        if len(parts) != 3 or parts[1] != name:
            continue
        blob = base64.b64decode(parts[2])
        if blob[:4].hex() == key_id and ed25519_holds(public, (text + "\n").encode(), blob[4:]):
            return True
    return False


CHECKPOINT = re.compile(r"^(carveout/\S+)\r?\n(\d{1,15})\r?\n([A-Za-z0-9+/]{43}=)\r?\n(\d{4}-\S+Z)\r?$", re.MULTILINE)


def checkpoints_in(text):
    return [(o, int(size), base64.b64decode(root), at) for o, size, root, at in CHECKPOINT.findall(text)]


class Pack:
    def __init__(self, folder):
        self.folder = folder

    def bytes_of(self, name):
        try:
            with open(os.path.join(self.folder, name), "rb") as file:
                return file.read()
        except FileNotFoundError:
            problem(f"{name} is missing")
            return b""

    def text_of(self, name):
        return self.bytes_of(name).decode("utf-8", "replace")

    def lines(self, name):
        for number, line in enumerate(self.bytes_of(name).split(b"\n"), 1):
            if not line:
                continue
            try:
                yield line, json.loads(line.decode("utf-8"))
            except ValueError:
                problem(f"{name}, line {number}, is unreadable")

    def inside(self, folder):
        for base, _, names in os.walk(os.path.join(self.folder, folder)):
            for name in names:
                yield os.path.relpath(os.path.join(base, name), self.folder).replace(os.sep, "/")


def content_ids(value):
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "content" and isinstance(inner, str):
                yield inner
            else:
                yield from content_ids(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from content_ids(inner)


def check_sums(pack):
    for line in pack.text_of("SHA256SUMS").splitlines():
        found = re.fullmatch(r"([0-9a-f]{64})  (.+)", line)
        if found and sha256(pack.bytes_of(found.group(2))).hex() != found.group(1):
            problem(f"{found.group(2)} does not have its sum")


def read_contents(pack):
    contents = {}
    for _, one in pack.lines("contents.jsonl"):
        contents[one["id"]] = one
        if one["text"] is not None and sha256((one["nonce"] + one["text"]).encode()).hex() != one["id"]:
            problem(f"content {one['id']} was changed")
    return contents


def check_events(pack, checkpoint):
    origin, size, root, _ = checkpoint
    heads, genuine, proofs, places = {}, [], list(pack.lines("proofs.jsonl")), set()
    events = list(pack.lines("events.jsonl"))
    if len(proofs) != len(events):
        problem(f"{len(events)} events and {len(proofs)} proofs")
    for (line, event), (_, proof) in zip(events, proofs):
        where = f"{event.get('stream')} {event.get('seq')}"
        if canonical(event).encode() != line:
            problem(f"{where} is not in canonical form")
        seq, head = heads.get(event.get("stream"), (0, None))
        if event.get("seq") != seq + 1 or event.get("prev_hash") != head:
            problem(f"{where} does not follow the event before it")
        digest = sha256(line)
        heads[event.get("stream")] = (event.get("seq"), digest.hex())
        path = [base64.b64decode(one) for one in proof["proof"]]
        given = root_from_inclusion(proof["position"], size, sha256(b"\x00", digest), path)
        same = proof["stream"] == event.get("stream") and proof["seq"] == event.get("seq")
        if given != root or not same or proof["position"] in places or "carveout/" + event.get("team_id", "") != origin:
            problem(f"{where} is not under the checkpoint")
            continue
        places.add(proof["position"])
        genuine.append(event)
    return genuine


def check_what_events_name(pack, events, contents):
    named, erased, readings, files, policies, versions, remarks = set(), set(), set(), {}, {}, set(), {}
    for event in events:
        kind, data = event["type"], event["data"]
        named.update(content_ids(data))
        place = (event["stream"], data.get("channel"), data.get("ts"))
        if kind == "sources_read":
            readings.update(content_ids(data["readings"]))
        elif kind == "erased":
            erased.update(data["contents"] + data["files"])
        elif kind in ("remark_made", "remark_edited"):
            remarks.setdefault(place, []).extend(content_ids(data))
        elif kind == "remark_deleted":
            erased.update(remarks.get(place, []))
        elif kind == "evidence_kept":
            files[data["sha256"]] = data["name"]
        elif kind == "policy_published":
            policies[data["version"]] = data["sha256"]
        elif kind == "submitted":
            versions.add(data["policyVersion"])
    for one in named:
        if one not in contents or (contents[one]["text"] is None and one not in erased):
            problem(f"content {one} is gone without a trace")
    there = {sha256(pack.bytes_of(name)).hex(): name for name in pack.inside("evidence")}
    for unknown in set(there) - set(files):
        problem(f"{there[unknown]} was never evidence")
    for missing in set(files) - set(there) - erased:
        problem(f"{files[missing]} is missing")
    for name in pack.inside("snapshots"):
        content = os.path.basename(name)[: -len(".json")]
        nonce = (contents.get(content) or {}).get("nonce") or ""
        if content not in readings or sha256(nonce.encode(), pack.bytes_of(name)).hex() != content:
            problem(f"{name} is not what a source said")
        readings.discard(content)
    for content in readings - erased:
        problem(f"what a source said is missing: {content}")
    texts = {sha256(pack.bytes_of(n)).hex() for n in os.listdir(pack.folder) if re.fullmatch(r"policy.*\.yaml", n)}
    if texts - set(policies.values()):
        problem("a policy text was never published")
    for version in versions:
        if policies.get(version) not in texts:
            problem(f"policy version {version} is missing")


def check_population(pack, events):
    """The statement adds up, the sample can be drawn again, and what was drawn is there."""
    stated = json.loads(pack.text_of("population.json"))
    numbers = stated["before"] + len(stated["within"]) + stated["after"] + len(stated["gaps"])
    if numbers != stated["last"] or sum(stated["byStatus"].values()) != len(stated["within"]):
        problem("the population does not add up")
    chosen = sorted(stated["fitting"])
    if stated["draw"]:
        seed, count = stated["draw"]["seed"], stated["draw"]["count"]
        order = sorted(chosen, key=lambda number: sha256(f"{seed}:{number}".encode()).hex())
        chosen = sorted(order[:count])
    there = {int(e["stream"].split("/")[1]) for e in events if e["stream"].startswith("request/")}
    if chosen != stated["chosen"] or there != set(chosen):
        problem("the sample is another one")


def check_outside(pack, checkpoint, outside):
    origin, size, root, _ = checkpoint
    earlier = {one["size"]: [base64.b64decode(p) for p in one["proof"]] for one in json.loads(pack.text_of("checkpoints.json") or "[]")}
    compared = 0
    for other, then, then_root, at in checkpoints_in(outside):
        if other != origin or (then != size and then not in earlier):
            continue
        compared += 1
        if not is_consistent(then, size, then_root, root, earlier.get(then, [])):
            problem(f"the record was rewritten since the checkpoint of {at}")
    if compared == 0:
        problem("no outside checkpoint could be compared")


def what_is_wrong(arguments):
    PROBLEMS.clear()
    options = dict(zip(arguments[1::2], arguments[2::2]))
    pack = Pack(arguments[0])
    note = pack.text_of("checkpoint.txt")
    found = checkpoints_in(note)
    if len(found) != 1:
        problem("checkpoint.txt holds no checkpoint")
    checkpoint = found[0] if found else ("", 0, b"", "")
    check_sums(pack)
    contents = read_contents(pack)
    events = check_events(pack, checkpoint)
    check_what_events_name(pack, events, contents)
    if os.path.exists(os.path.join(pack.folder, "population.json")):
        check_population(pack, events)
    if "--key" in options:
        key = parse_key(options["--key"])
        if key is None or not signed_by(note, key) or not signed_by(pack.text_of("SHA256SUMS"), key):
            problem("it is not signed with this key")
    if "--roots" in options:
        with open(options["--roots"], encoding="utf-8") as file:
            check_outside(pack, checkpoint, file.read())
    return list(PROBLEMS)


def main(arguments):
    if arguments == ["--many"]:
        for line in sys.stdin:
            print(json.dumps(what_is_wrong(json.loads(line))), flush=True)
        return 0
    wrong = what_is_wrong(arguments)
    for one in wrong:
        print("WRONG:", one)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

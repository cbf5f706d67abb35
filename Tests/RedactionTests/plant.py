#!/usr/bin/env python3
"""Writes Fixtures/planted.txt: 300 log lines with secrets between « and », of the kinds below.

The secrets are made up here from a seed; none opens anything. A kind stands before each line.
"""
import base64, json, os, random, string

rng = random.Random(20261201)
AN = string.ascii_letters + string.digits
HEX = "0123456789abcdef"


def pick(alphabet, count):
    return "".join(rng.choice(alphabet) for _ in range(count))


def strong(alphabet, count):
    while True:
        text = pick(alphabet, count)
        if any(c.isdigit() for c in text) and any(c.islower() for c in text) and (
                alphabet == HEX or any(c.isupper() for c in text)):
            return text


def password():
    return rng.choice(["hunter2", "correct-horse", "Tr0ub4dor&3x"[:9], "s3cr3t!", "Pa$$w0rd", "winter2026",
                       "qwerty", "geheim", "ünsafe9", strong(AN, 14)])


def b64(text):
    return base64.b64encode(text.encode()).decode()


def jwt():
    part = lambda d: base64.urlsafe_b64encode(json.dumps(d).encode()).decode().rstrip("=")
    return f"{part({'alg': 'HS256'})}.{part({'sub': pick(HEX, 8)})}.{pick(AN + '-_', 43)}"


def card():
    prefix, length = rng.choice([("4", 16), ("51", 16), ("37", 15), ("6011", 16), ("55", 16)])
    digits = prefix + pick(string.digits, length - len(prefix) - 1)
    total = 0
    for position, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if position % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    digits += str(-total % 10)
    style = rng.choice(["", " ", "-"])
    if style and length == 16:
        digits = style.join(digits[i:i + 4] for i in range(0, 16, 4))
    return digits


def email():
    name = rng.choice(["ann", "bo.berg", "c_lee", "d+list", "eve99", "o'neil", "ümit"])
    return f"{name}@{rng.choice(['example.com', 'mail.example.co.uk', 'firma.example', 'x-y.example.org'])}"


STAMPS = ["2026-11-22 14:03:{s}.123 ERROR [shop] ", "2026-11-22T14:03:{s}Z ", "[22/Nov/2026:14:03:{s} +0000] ",
          "Nov 22 14:03:{s} web1 app[412]: ", "time=2026-11-22T14:03:{s}Z level=error msg=", "", "E1122 14:03:{s} 9 api.go:17] "]

KINDS = {
    "authorization": [lambda: f"upstream refused, sent Authorization: Bearer «{pick(AN, 24)}»",
                      lambda: f'{{"headers":{{"authorization":"Basic «{b64("joe:" + pick(AN, 8))}»","host":"a"}}}}',
                      lambda: f"> PROXY-AUTHORIZATION: Basic «{b64('x:' + pick(AN, 6))}»"],
    "cookie": [lambda: f"request header Cookie: «sid={pick(AN, 20)}; lang=de»",
               lambda: f'"set-cookie":"«auth={pick(HEX, 32)}; HttpOnly»","status":200'],
    "password": [lambda: f"login failed user=joe password=«{strong(AN, 9)}» from 192.0.2.7",
                 lambda: f'{{"user":"joe","password":"«{password()}»","try":3}}',
                 lambda: f"invalid form {{'new_password': '«{password()}»', 'ok': False}}",
                 lambda: f'Parameters: {{"user"=>{{"password"=>"«{password()}»"}}, "commit"=>"Sign in"}}',
                 lambda: f"env DB_PASSWORD=«{strong(AN, 12)}» DB_HOST=db1",
                 lambda: f'payload {{\\"passwd\\":\\"«{strong(AN, 10)}»\\",\\"n\\":1}}',
                 lambda: f"GET /login?user=joe&pwd=«{strong(AN, 8)}»&next=/ 302",
                 lambda: f"passphrase: «{strong(AN, 11)}»"],
    "url": [lambda: f"cannot reach postgres://shop:«{strong(AN, 10)}»@db.internal:5432/shop",
            lambda: f"retrying redis://:«{strong(AN, 16)}»@cache:6379/0 in 2 s",
            lambda: f"fatal: unable to access 'https://bot:«{strong(AN, 20)}»@git.example.com/a.git/'",
            lambda: f"amqp://worker:«p%40{strong(AN, 7)}»@mq:5672//jobs: connection reset"],
    "github": [lambda: f"remote: token «{rng.choice(['ghp_', 'gho_', 'ghs_'])}{strong(AN, 36)}» is expired",
               lambda: f"using «github_pat_{strong(AN, 22)}_{strong(AN, 59)}»"],
    "gitlab": [lambda: f"runner registered with «glpat-{strong(AN, 20)}»"],
    "slack": [lambda: f"slack: invalid_auth for «xoxb-{pick(string.digits, 12)}-{pick(string.digits, 12)}-{strong(AN, 24)}»",
              lambda: f"POST https://hooks.slack.com/services/«T{pick(AN, 8)}/B{pick(AN, 8)}/{strong(AN, 24)}» 404"],
    "aws-id": [lambda: f"The AWS Access Key Id «AKIA{pick('ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', 16)}» does not exist",
               lambda: f"aws_access_key_id=«ASIA{pick('ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', 16)}» region=eu"],
    "aws-secret": [lambda: f"AWS_SECRET_ACCESS_KEY=«{strong(AN + '/+', 40)}»",
                   lambda: f'{{"SecretAccessKey": "«{strong(AN + "/+", 40)}»", "Version": 1}}'],
    "gcp": [lambda: f"GET /maps?key=«AIza{strong(AN + '-_', 35)}»&v=3 403",
            lambda: f"oauth «ya29.{strong(AN + '-_', 60)}» rejected"],
    "azure": [lambda: f"DefaultEndpointsProtocol=https;AccountName=a;AccountKey=«{strong(AN + '/+', 86)}==»;EndpointSuffix=core",
              lambda: f"GET /c/b?sv=2022&sig=«{strong(AN, 40)}%3D» 403"],
    "stripe": [lambda: f"No such customer; key «sk_live_{strong(AN, 24)}»",
               lambda: f"signature check with «whsec_{strong(AN, 32)}» failed"],
    "ai": [lambda: f"Incorrect API key provided: «sk-proj-{strong(AN, 40)}».",
           lambda: f"401 for «sk-ant-api03-{strong(AN + '-', 60)}»"],
    "npm": [lambda: f"npm ERR! 401 //registry.npmjs.org/:_authToken=«npm_{strong(AN, 36)}»"],
    "pypi": [lambda: f"twine: bad «pypi-AgEIcHlwaS5vcmc{strong(AN, 60)}»"],
    "sendgrid": [lambda: f"mail key «SG.{strong(AN, 22)}.{strong(AN, 43)}» unauthorized"],
    "twilio": [lambda: f"twilio 20003 for «SK{pick(HEX, 32)}»"],
    "telegram": [lambda: f"POST https://api.telegram.org/bot«{pick('123456789', 9)}:AA{strong(AN, 33)}»/sendMessage 429"],
    "jwt": [lambda: f"jwt expired: «{jwt()}»", lambda: f"GET /ws?t=«{jwt()}» 101"],
    "private-key": [lambda: f"bad key -----BEGIN RSA PRIVATE KEY-----«⏎{strong(AN + '+/', 64)}⏎{strong(AN + '+/', 30)}==⏎»-----END RSA PRIVATE KEY-----",
                    lambda: '{"private_key":"-----BEGIN PRIVATE KEY-----«\\n' + strong(AN + "+/", 64) + '\\n»-----END PRIVATE KEY-----\\n"}'],
    "secret": [lambda: f"POST /oauth client_id=shop&client_secret=«{strong(AN, 30)}»&grant_type=x",
               lambda: f'{{"signing_key": "«{strong(AN, 32)}»"}}'],
    "api-key": [lambda: f"GET /v1/geo?api_key=«{pick(HEX, 32)}»&q=x 401",
                lambda: f"X-Api-Key: «{strong(AN, 24)}»",
                lambda: f"config apikey='«{strong(AN, 20)}»' loaded"],
    "token": [lambda: f"GET /reset?token=«{strong(HEX, 40)}» 410",
              lambda: f'{{"access_token":"«{strong(AN, 43)}»","expires_in":3600}}',
              lambda: f"X-CSRF-Token: «{strong(AN, 32)}» mismatch"],
    "session": [lambda: f"GET /cart;jsessionid=«{strong(HEX, 32).upper()}» 500",
                lambda: f"no such session PHPSESSID=«{strong(HEX, 26)}»"],
    "email": [lambda: f"bounce for «{email()}»: mailbox full", lambda: f'{{"to":"«{email()}»","tries":2}}',
              lambda: f"user «{email()}» not found in tenant 7"],
    "card": [lambda: f"card «{card()}» declined (51)", lambda: f"payment pan=«{card()}» exp=12/29"],
    "sql-parameters": [lambda: f"DETAIL:  parameters: $«1 = '{email()}', $2 = '{strong(AN, 6)}'»",
                       lambda: f"DETAIL:  Key (email)=(«{email()}») already exists.",
                       lambda: f"[parameters: «('{strong(AN, 9)}', '{email()}', 17)»]",
                       lambda: f"Error 1062: Duplicate entry '«{strong(AN, 9)}»' for key 'users.name'",
                       lambda: f"binding parameter [1] as [VARCHAR] - [«{strong(AN, 8)}»]",
                       lambda: f"statement: INSERT INTO people (a, b) VALUES («'{strong(AN, 8)}', 'o''{strong(AN, 5)}'»)"],
    "iban": [lambda: "payout to «" + rng.choice(["DE89370400440532013000", "GB29 NWBK 6016 1331 9268 19",
                                                 "FR1420041010050500013M02606", "NL91ABNA0417164300"]) + "» returned"],
    "hash": [lambda: f"rehash «$2b$12${strong(AN, 53)}» took 212 ms",
             lambda: f"stored «$argon2id$v=19$m=65536,t=3,p=4${strong(AN, 22)}${strong(AN, 43)}»"],
    "argument": [lambda: f"exec: mysqldump --user root --password «{strong(AN, 9)}» shop",
                 lambda: f"+ curl -sf -u deploy:«{strong(AN, 12)}» https://repo.example.com/x"],
    "statement": [lambda: f"statement: ALTER ROLE shop PASSWORD '«{strong(AN, 10)}»'",
                  lambda: f"query CREATE USER 'a'@'%' IDENTIFIED BY '«{strong(AN, 10)}»'"],
    "vault": [lambda: f"permission denied for «hvs.{strong(AN, 24)}»"],
    "webhook": [lambda: f"POST https://discord.com/api/webhooks/«{pick(string.digits, 18)}/{strong(AN, 60)}» 429"],
}

lines = []
makers = [(kind, maker) for kind, list_ in KINDS.items() for maker in list_]
while len(lines) < 300:
    for kind, maker in makers:
        stamp = rng.choice(STAMPS).format(s="%02d" % rng.randrange(60))
        lines.append(f"{kind}\t{stamp}{maker()}")
lines = lines[:300]
here = os.path.dirname(os.path.abspath(__file__))
with open(os.path.join(here, "Fixtures", "planted.txt"), "w") as file:
    file.write("\n".join(lines) + "\n")
print(len(lines), "lines,", len({line.split("\t")[0] for line in lines}), "kinds")

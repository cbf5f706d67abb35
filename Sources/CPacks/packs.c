#include "CPacks.h"

// #embed is C23; the compiler has it in all modes and warns outside C23.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const char http_access[] = {
#embed "../../rules/http-access.yaml"
};
static const char python[] = {
#embed "../../rules/python.yaml"
};
static const char java[] = {
#embed "../../rules/java.yaml"
};
static const char node[] = {
#embed "../../rules/node.yaml"
};
static const char go[] = {
#embed "../../rules/go.yaml"
};
static const char ruby[] = {
#embed "../../rules/ruby.yaml"
};
static const char php[] = {
#embed "../../rules/php.yaml"
};
static const char dotnet[] = {
#embed "../../rules/dotnet.yaml"
};
static const char swift[] = {
#embed "../../rules/swift.yaml"
};
static const char nginx[] = {
#embed "../../rules/nginx.yaml"
};
static const char apache[] = {
#embed "../../rules/apache.yaml"
};
static const char haproxy[] = {
#embed "../../rules/haproxy.yaml"
};
static const char caddy[] = {
#embed "../../rules/caddy.yaml"
};
static const char traefik[] = {
#embed "../../rules/traefik.yaml"
};
static const char envoy[] = {
#embed "../../rules/envoy.yaml"
};
static const char postgres[] = {
#embed "../../rules/postgres.yaml"
};
static const char mysql[] = {
#embed "../../rules/mysql.yaml"
};
static const char mongodb[] = {
#embed "../../rules/mongodb.yaml"
};
static const char redis[] = {
#embed "../../rules/redis.yaml"
};
static const char rabbitmq[] = {
#embed "../../rules/rabbitmq.yaml"
};
static const char kafka[] = {
#embed "../../rules/kafka.yaml"
};
static const char elasticsearch[] = {
#embed "../../rules/elasticsearch.yaml"
};
static const char kernel[] = {
#embed "../../rules/kernel.yaml"
};
static const char systemd[] = {
#embed "../../rules/systemd.yaml"
};
static const char kubernetes[] = {
#embed "../../rules/kubernetes.yaml"
};
static const char generic[] = {
#embed "../../rules/generic.yaml"
};

static const struct {
  const char *name;
  const char *text;
  size_t length;
} packs[] = {
    {"http-access", http_access, sizeof http_access},
    {"python", python, sizeof python},
    {"java", java, sizeof java},
    {"node", node, sizeof node},
    {"go", go, sizeof go},
    {"ruby", ruby, sizeof ruby},
    {"php", php, sizeof php},
    {"dotnet", dotnet, sizeof dotnet},
    {"swift", swift, sizeof swift},
    {"nginx", nginx, sizeof nginx},
    {"apache", apache, sizeof apache},
    {"haproxy", haproxy, sizeof haproxy},
    {"caddy", caddy, sizeof caddy},
    {"traefik", traefik, sizeof traefik},
    {"envoy", envoy, sizeof envoy},
    {"postgres", postgres, sizeof postgres},
    {"mysql", mysql, sizeof mysql},
    {"mongodb", mongodb, sizeof mongodb},
    {"redis", redis, sizeof redis},
    {"rabbitmq", rabbitmq, sizeof rabbitmq},
    {"kafka", kafka, sizeof kafka},
    {"elasticsearch", elasticsearch, sizeof elasticsearch},
    {"kernel", kernel, sizeof kernel},
    {"systemd", systemd, sizeof systemd},
    {"kubernetes", kubernetes, sizeof kubernetes},
    {"generic", generic, sizeof generic},
};

int tidemark_pack_count(void) { return (int)(sizeof packs / sizeof packs[0]); }

const char *tidemark_pack_name(int index) { return packs[index].name; }

const char *tidemark_pack_text(int index, size_t *length) {
  *length = packs[index].length;
  return packs[index].text;
}

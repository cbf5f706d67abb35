/// One way in which a request fails, with the lines that each layer writes about it.
struct Failure {
  /// How often it is the reason, against the sum of the ordinary failures.
  let weight: Int
  /// The route that it happens to, a place in `Shop.routes`.
  let route: Int
  /// The status that the client gets.
  let status: Int
  /// How long the request takes until it has failed.
  let microseconds: Double
  /// Whether a time-out decides that duration, so that a slower version does not change it.
  var isTimeout = false
  /// Records of PostgreSQL: severity and message, in their order.
  var postgres: [(severity: String, message: String)] = []
  /// The traceback of the application, without its head line; nil when it says nothing.
  var traceback: String?
  /// What nginx says about it in its error log, without the tail that begins with `, client:`.
  var nginxError: String?

  /// The reasons that the shop always has, in both versions.
  static let ordinary: [Failure] = [
    Failure(
      weight: 16, route: Shop.route("GET", "/api/products/{product}"), status: 500,
      microseconds: 7_000, traceback: Traceback.missingWeight),
    Failure(
      weight: 14, route: Shop.route("GET", "/api/cart"), status: 500, microseconds: 6_000,
      traceback: Traceback.missingPrice),
    Failure(
      weight: 12, route: Shop.orders, status: 500, microseconds: 5_000_000, isTimeout: true,
      traceback: Traceback.paymentTimeout),
    Failure(
      weight: 12, route: Shop.orders, status: 500, microseconds: 1_020_000, isTimeout: true,
      postgres: [
        ("ERROR", "deadlock detected"),
        (
          "DETAIL",
          "Process {backend} waits for ShareLock on transaction {transaction}; blocked by process "
            + "{otherBackend}.\n\tProcess {otherBackend} waits for ShareLock on transaction "
            + "{transaction}; blocked by process {backend}.\n\tProcess {backend}: "
            + takeStockSQL + "\n\tProcess {otherBackend}: " + takeStockSQL
        ),
        ("HINT", "See server log for query details."),
        ("CONTEXT", "while updating tuple (4,17) in relation \"stock\""),
        ("STATEMENT", takeStockSQL),
      ], traceback: Traceback.deadlock),
    Failure(
      weight: 12, route: Shop.route("POST", "/api/cart/items"), status: 500, microseconds: 9_000,
      postgres: [
        (
          "ERROR",
          "duplicate key value violates unique constraint \"cart_items_cart_id_product_id_key\""
        ),
        ("DETAIL", "Key (cart_id, product_id)=({cart}, {product}) already exists."),
        ("STATEMENT", addItemSQL),
      ], traceback: Traceback.duplicateItem),
    Failure(
      weight: 10, route: Shop.route("GET", "/api/search?q={word}&sort=price"), status: 500,
      microseconds: 3_010_000, isTimeout: true,
      postgres: [
        ("ERROR", "canceling statement due to statement timeout"),
        (
          "STATEMENT",
          "SELECT id, name, price_cents FROM products WHERE words @@ plainto_tsquery($1) LIMIT 50"
        ),
      ], traceback: Traceback.searchTimeout),
    Failure(
      weight: 12, route: Shop.route("POST", "/api/login"), status: 502, microseconds: 40_000,
      nginxError: "upstream prematurely closed connection while reading response header "
        + "from upstream"),
    Failure(
      weight: 12, route: Shop.orders, status: 504, microseconds: 10_000_000, isTimeout: true,
      nginxError: "upstream timed out (110: Connection timed out) while reading response header "
        + "from upstream"),
  ]

  static let weights = ordinary.map(\.weight)

  /// What the bad release brings: the migration that adds the column did not run.
  static let missingColumn = Failure(
    weight: 0, route: Shop.orders, status: 500, microseconds: 11_000,
    postgres: [
      ("ERROR", "column \"discount_code\" of relation \"orders\" does not exist at character 61"),
      (
        "STATEMENT",
        "INSERT INTO orders (user_id, total_cents, currency, status, discount_code) "
          + "VALUES ($1, $2, $3, $4, $5) RETURNING orders.id"
      ),
    ], traceback: Traceback.missingColumn)

  static let addItemSQL =
    "INSERT INTO cart_items (cart_id, product_id, quantity) VALUES ($1, $2, $3) "
    + "RETURNING cart_items.id"
  static let takeStockSQL = "UPDATE stock SET quantity = quantity - $1 WHERE product_id = $2"
}

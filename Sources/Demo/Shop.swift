/// One statement that a route sends to the database.
struct ShopQuery {
  let sql: String
  /// Its usual duration.
  let microseconds: Double
}

/// One route of the shop: how often it is asked, what it costs, and how it ends when all is well.
struct ShopRoute {
  let method: String
  /// The request's target, with the names of `Blanks` in braces.
  let target: String
  /// How often it is asked, against the sum of all routes.
  let weight: Int
  let status: Int
  /// The usual time in the application without the database.
  let microseconds: Double
  let bodyBytes: Range<Int>
  var queries: [ShopQuery] = []
  /// nginx keeps the answers of this route.
  var isCached = false
  /// nginx answers from its own disk.
  var isStatic = false
  /// Other ordinary ends, each with its share of the requests.
  var otherEnds: [(share: Double, status: Int)] = []
}

/// What the shop serves.
enum Shop {
  static let routes: [ShopRoute] = [
    ShopRoute(
      method: "GET", target: "/", weight: 11, status: 200, microseconds: 9_000,
      bodyBytes: 9_000..<14_000, queries: [bestSellers], isCached: true),
    ShopRoute(
      method: "GET", target: "/api/products?page={page}", weight: 14, status: 200,
      microseconds: 8_000, bodyBytes: 4_000..<22_000, queries: [productPage], isCached: true),
    ShopRoute(
      method: "GET", target: "/api/products/{product}", weight: 18, status: 200,
      microseconds: 6_000, bodyBytes: 600..<3_000, queries: [product, stock], isCached: true,
      otherEnds: [(0.012, 404)]),
    ShopRoute(
      method: "GET", target: "/api/search?q={word}&sort=price", weight: 8, status: 200,
      microseconds: 14_000, bodyBytes: 900..<18_000, queries: [search]),
    ShopRoute(
      method: "GET", target: "/api/cart", weight: 9, status: 200, microseconds: 5_000,
      bodyBytes: 40..<2_400, queries: [cartItems], otherEnds: [(0.02, 401)]),
    ShopRoute(
      method: "POST", target: "/api/cart/items", weight: 6, status: 201, microseconds: 7_000,
      bodyBytes: 80..<400, queries: [stock, addItem, commit], otherEnds: [(0.008, 422)]),
    ShopRoute(
      method: "DELETE", target: "/api/cart/items/{item}", weight: 2, status: 204,
      microseconds: 5_000, bodyBytes: 0..<1, queries: [removeItem, commit],
      otherEnds: [(0.01, 404)]),
    ShopRoute(
      method: "POST", target: "/api/orders", weight: 5, status: 201, microseconds: 60_000,
      bodyBytes: 200..<900, queries: [cartItems, placeOrder, takeStock, commit],
      otherEnds: [(0.006, 422), (0.004, 409)]),
    ShopRoute(
      method: "GET", target: "/api/orders/{order}", weight: 5, status: 200, microseconds: 6_000,
      bodyBytes: 300..<2_000, queries: [order, orderItems], otherEnds: [(0.01, 404)]),
    ShopRoute(
      method: "GET", target: "/api/users/me", weight: 8, status: 200, microseconds: 4_000,
      bodyBytes: 180..<420, queries: [user], otherEnds: [(0.03, 401)]),
    ShopRoute(
      method: "POST", target: "/api/login", weight: 3, status: 200, microseconds: 95_000,
      bodyBytes: 300..<340, queries: [login], otherEnds: [(0.08, 401), (0.004, 429)]),
    ShopRoute(
      method: "GET", target: "/static/app.4f1c9b7e.js", weight: 7, status: 200, microseconds: 0,
      bodyBytes: 184_223..<184_224, isStatic: true, otherEnds: [(0.3, 304)]),
    ShopRoute(
      method: "GET", target: "/favicon.ico", weight: 1, status: 404, microseconds: 0,
      bodyBytes: 153..<154, isStatic: true),
    ShopRoute(
      method: "GET", target: "/health", weight: 3, status: 200, microseconds: 900,
      bodyBytes: 15..<16),
  ]

  static let weights = routes.map(\.weight)

  /// The place of a route in `routes`.
  static func route(_ method: String, _ target: String) -> Int {
    guard let place = routes.firstIndex(where: { $0.method == method && $0.target == target })
    else { preconditionFailure("the shop has no route \(method) \(target)") }
    return place
  }

  /// The route that the new version breaks.
  static let orders = route("POST", "/api/orders")

  static let agents = [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
      + "Chrome/142.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) "
      + "Version/18.6 Safari/605.1.15",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 "
      + "(KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "okhttp/4.12.0",
  ]

  static let words = ["lamp", "desk", "mug", "tent", "usb-c+cable", "caf%C3%A9", "running+shoes"]

  /// The reason phrase that uvicorn writes behind a status.
  static func reason(_ status: Int) -> String {
    switch status {
    case 200: "OK"
    case 201: "Created"
    case 204: "No Content"
    case 401: "Unauthorized"
    case 404: "Not Found"
    case 409: "Conflict"
    case 422: "Unprocessable Entity"
    case 429: "Too Many Requests"
    default: "Internal Server Error"
    }
  }

  /// The body that goes with an end other than the route's usual one.
  static func bodyBytes(_ status: Int) -> Int {
    switch status {
    case 204, 304: 0
    case 401: 30
    case 404: 22
    case 409: 44
    case 422: 131
    case 429: 36
    case 502: 157
    case 504: 167
    default: 21
    }
  }
}

private let bestSellers = ShopQuery(
  sql: "SELECT id, name, price_cents FROM products ORDER BY sold DESC LIMIT 12",
  microseconds: 1_400)
private let productPage = ShopQuery(
  sql: "SELECT id, name, price_cents FROM products ORDER BY id LIMIT 50 OFFSET $1",
  microseconds: 1_100)
private let product = ShopQuery(
  sql: "SELECT id, name, price_cents, attributes FROM products WHERE id = $1", microseconds: 180)
private let stock = ShopQuery(
  sql: "SELECT quantity FROM stock WHERE product_id = $1", microseconds: 140)
private let search = ShopQuery(
  sql: "SELECT id, name, price_cents FROM products WHERE words @@ plainto_tsquery($1) LIMIT 50",
  microseconds: 6_200)
private let cartItems = ShopQuery(
  sql: "SELECT product_id, quantity FROM cart_items WHERE cart_id = $1", microseconds: 260)
private let addItem = ShopQuery(sql: Failure.addItemSQL, microseconds: 420)
private let removeItem = ShopQuery(
  sql: "DELETE FROM cart_items WHERE id = $1 AND cart_id = $2", microseconds: 330)
private let placeOrder = ShopQuery(
  sql: "INSERT INTO orders (user_id, total_cents, currency, status) "
    + "VALUES ($1, $2, $3, $4) RETURNING orders.id", microseconds: 520)
private let takeStock = ShopQuery(sql: Failure.takeStockSQL, microseconds: 480)
private let order = ShopQuery(
  sql: "SELECT id, total_cents, currency, status FROM orders WHERE id = $1 AND user_id = $2",
  microseconds: 210)
private let orderItems = ShopQuery(
  sql: "SELECT product_id, quantity, price_cents FROM order_items WHERE order_id = $1",
  microseconds: 310)
private let user = ShopQuery(
  sql: "SELECT id, name, email FROM users WHERE id = $1", microseconds: 150)
private let login = ShopQuery(
  sql: "SELECT id, password_hash FROM users WHERE email = $1", microseconds: 190)
private let commit = ShopQuery(sql: "COMMIT", microseconds: 800)

/// The tracebacks of the application as Python 3.12 prints them, from `Traceback` to the last line.
/// One kind of failure has one text but for its numbers, as in a real service.
enum Traceback {
  static let missingWeight =
    head + request
      + """
        File "/srv/shop/shop/routes/products.py", line 47, in show_product
          "shipping": estimate(product),
                      ^^^^^^^^^^^^^^^^^
        File "/srv/shop/shop/services/shipping.py", line 29, in estimate
          weight = product.attributes["weight_grams"]
                   ~~~~~~~~~~~~~~~~~~^^^^^^^^^^^^^^^^
      KeyError: 'weight_grams'

      """

  static let missingPrice =
    head + request
      + """
        File "/srv/shop/shop/routes/cart.py", line 33, in show_cart
          return cart_view(session, user)
                 ^^^^^^^^^^^^^^^^^^^^^^^^
        File "/srv/shop/shop/services/cart.py", line 58, in cart_view
          total += line.quantity * line.offer.unit_price
                                   ^^^^^^^^^^^^^^^^^^^^^
      AttributeError: 'NoneType' object has no attribute 'unit_price'

      """

  static let paymentTimeout =
    head
      + """
        File "\(packages)/httpx/_transports/default.py", line 101, in map_httpcore_exceptions
          yield
        File "\(packages)/httpx/_transports/default.py", line 250, in handle_request
          resp = self._pool.handle_request(req)
                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        File "\(packages)/httpcore/_exceptions.py", line 14, in map_exceptions
          raise to_exc(exc) from exc
      httpcore.ReadTimeout: The read operation timed out

      """ + because + head + request
      + """
        File "/srv/shop/shop/routes/orders.py", line 61, in create_order
          receipt = charge(user, order)
                    ^^^^^^^^^^^^^^^^^^^
        File "/srv/shop/shop/services/payments.py", line 38, in charge
          answer = gateway.post("/v2/charges", json=charge_body(user, order))
                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        File "\(packages)/httpx/_client.py", line 1144, in post
          return self.request(
                 ^^^^^^^^^^^^^
        File "\(packages)/httpx/_transports/default.py", line 118, in map_httpcore_exceptions
          raise mapped_exc(message) from exc
      httpx.ReadTimeout: The read operation timed out

      """

  static let deadlock = database(
    cause: "psycopg.errors.DeadlockDetected",
    error: "sqlalchemy.exc.OperationalError", background: "e3q8",
    frames: """
        File "/srv/shop/shop/routes/orders.py", line 58, in create_order
          order = place_order(session, user, payload)
                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        File "/srv/shop/shop/services/stock.py", line 22, in take
          session.execute(statement)

      """,
    message: """
      deadlock detected
      DETAIL:  Process {backend} waits for ShareLock on transaction {transaction}; \
      blocked by process {otherBackend}.
      Process {otherBackend} waits for ShareLock on transaction {transaction}; \
      blocked by process {backend}.
      HINT:  See server log for query details.
      CONTEXT:  while updating tuple (4,17) in relation "stock"
      """,
    sql: "UPDATE stock SET quantity = quantity - %(taken)s WHERE product_id = %(product_id)s",
    parameters: "{'taken': 1, 'product_id': {product}}")

  static let duplicateItem = database(
    cause: "psycopg.errors.UniqueViolation",
    error: "sqlalchemy.exc.IntegrityError", background: "gkpj",
    frames: """
        File "/srv/shop/shop/routes/cart.py", line 49, in add_item
          item = put(session, cart, payload)
                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^
        File "/srv/shop/shop/services/cart.py", line 81, in put
          session.execute(statement)

      """,
    message: """
      duplicate key value violates unique constraint "cart_items_cart_id_product_id_key"
      DETAIL:  Key (cart_id, product_id)=({cart}, {product}) already exists.
      """,
    sql: "INSERT INTO cart_items (cart_id, product_id, quantity) "
      + "VALUES (%(cart_id)s, %(product_id)s, %(quantity)s) RETURNING cart_items.id",
    parameters: "{'cart_id': {cart}, 'product_id': {product}, 'quantity': 1}")

  static let searchTimeout = database(
    cause: "psycopg.errors.QueryCanceled",
    error: "sqlalchemy.exc.OperationalError", background: "e3q8",
    frames: """
        File "/srv/shop/shop/routes/search.py", line 26, in search
          found = find(session, q, sort)
                  ^^^^^^^^^^^^^^^^^^^^^^
        File "/srv/shop/shop/services/search.py", line 44, in find
          return session.execute(statement).all()
                 ^^^^^^^^^^^^^^^^^^^^^^^^^^

      """,
    message: "canceling statement due to statement timeout",
    sql: "SELECT id, name, price_cents FROM products "
      + "WHERE words @@ plainto_tsquery(%(words)s) LIMIT 50",
    parameters: "{'words': '{word}'}")

  static let missingColumn = database(
    cause: "psycopg.errors.UndefinedColumn",
    error: "sqlalchemy.exc.ProgrammingError", background: "f405",
    frames: """
        File "/srv/shop/shop/routes/orders.py", line 59, in create_order
          order = place_order(session, user, payload)
                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        File "/srv/shop/shop/services/checkout.py", line 66, in place_order
          session.execute(statement)

      """,
    message: """
      column "discount_code" of relation "orders" does not exist
      LINE 1: ...O orders (user_id, total_cents, currency, status, discount_c...
                                                                   ^
      """,
    sql: "INSERT INTO orders (user_id, total_cents, currency, status, discount_code) "
      + "VALUES (%(user_id)s, %(total_cents)s, %(currency)s, %(status)s, %(discount_code)s) "
      + "RETURNING orders.id",
    parameters: "{'user_id': {user}, 'total_cents': 4{item}, 'currency': 'EUR', "
      + "'status': 'new', 'discount_code': None}")

  /// The chained traceback of a statement that the database refused.
  private static func database(
    cause: String, error: String, background: String, frames: String, message: String,
    sql: String, parameters: String
  ) -> String {
    head + execution + "\(cause): \(message)\n" + because + head + request + frames + session
      + """
      \(error): (\(cause)) \(message)
      [SQL: \(sql)]
      [parameters: \(parameters)]
      (Background on this error at: https://sqlalche.me/e/20/\(background))

      """
  }

  private static let packages = "/usr/local/lib/python3.12/site-packages"
  private static let head = "Traceback (most recent call last):\n"
  private static let because =
    "\nThe above exception was the direct cause of the following exception:\n\n"

  /// From the server down to the route's function.
  private static let request = """
      File "\(packages)/uvicorn/protocols/http/httptools_impl.py", line 409, in run_asgi
        result = await app(  # type: ignore[func-returns-value]
                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      File "\(packages)/fastapi/applications.py", line 1054, in __call__
        await super().__call__(scope, receive, send)
      File "\(packages)/starlette/middleware/errors.py", line 187, in __call__
        raise exc
      File "\(packages)/starlette/_exception_handler.py", line 53, in wrapped_app
        raise exc
      File "\(packages)/starlette/routing.py", line 76, in app
        await wrap_app_handling_exceptions(app, request)(scope, receive, send)
      File "\(packages)/fastapi/routing.py", line 301, in app
        raw_response = await run_endpoint_function(
                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      File "\(packages)/fastapi/routing.py", line 214, in run_endpoint_function
        return await run_in_threadpool(dependant.call, **values)
               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

    """

  /// From the session's `execute` down to the driver.
  private static let session =
    """
      File "\(packages)/sqlalchemy/orm/session.py", line 2362, in execute
        return self._execute_internal(
               ^^^^^^^^^^^^^^^^^^^^^^^
      File "\(packages)/sqlalchemy/engine/base.py", line 1416, in execute
        return meth(
               ^^^^^

    """ + execution

  private static let execution = """
      File "\(packages)/sqlalchemy/engine/base.py", line 1964, in _exec_single_context
        self.dialect.do_execute(
      File "\(packages)/sqlalchemy/engine/default.py", line 942, in do_execute
        cursor.execute(statement, parameters)
      File "\(packages)/psycopg/cursor.py", line 97, in execute
        raise ex.with_traceback(None)

    """
}

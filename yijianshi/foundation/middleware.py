"""Middleware."""


def request_id(get_response):
    return get_response


security_headers = size_limit = problems = request_id


def language(get_response):
    def respond(request):
        request.language = "en" if request.COOKIES.get("language") == "en" else "zh"
        return get_response(request)

    return respond

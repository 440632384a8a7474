"""A site with mozilla-django-oidc, with the defaults of that package. It runs in its own Python environment."""

from __future__ import annotations

import base64
import json
import os

import django
import requests
from django.conf import settings
from django.core.management import call_command
from django.http import JsonResponse
from django.urls import include, path

ISSUER = os.environ["ISSUER"]
ENDPOINTS = requests.get(f"{ISSUER}/.well-known/openid-configuration", timeout=30).json()

settings.configure(
    SECRET_KEY="only-for-tests-on-this-machine",
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": f"{os.environ['FOLDER']}/site.sqlite"}},
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "mozilla_django_oidc",
    ],
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
    ],
    AUTHENTICATION_BACKENDS=["mozilla_django_oidc.auth.OIDCAuthenticationBackend"],
    LOGIN_REDIRECT_URL="/",
    OIDC_RP_CLIENT_ID=os.environ["CLIENT_ID"],
    OIDC_RP_CLIENT_SECRET=os.environ["CLIENT_SECRET"],
    OIDC_OP_AUTHORIZATION_ENDPOINT=ENDPOINTS["authorization_endpoint"],
    OIDC_OP_TOKEN_ENDPOINT=ENDPOINTS["token_endpoint"],
    OIDC_OP_USER_ENDPOINT=ENDPOINTS["userinfo_endpoint"],
    # The package's own default is HS256, with which it has no keys to fetch.
    OIDC_RP_SIGN_ALGO="RS256",
    OIDC_OP_JWKS_ENDPOINT=ENDPOINTS["jwks_uri"],
    # For the page below; nothing of the sign-in depends on them.
    OIDC_STORE_ACCESS_TOKEN=True,
    OIDC_STORE_ID_TOKEN=True,
)
django.setup()


def show_member(request):
    if not request.user.is_authenticated:
        return JsonResponse({"error": "not signed in"}, status=401)
    headers = {"Authorization": f"Bearer {request.session['oidc_access_token']}"}
    payload = request.session["oidc_id_token"].split(".")[1]
    return JsonResponse(
        {
            "user": request.user.email,
            "claims": json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4))),
            "userinfo": requests.get(ENDPOINTS["userinfo_endpoint"], headers=headers, timeout=30).json(),
        }
    )


urlpatterns = [path("oidc/", include("mozilla_django_oidc.urls")), path("", show_member)]

if __name__ == "__main__":
    call_command("migrate", verbosity=0)
    call_command("runserver", f"127.0.0.1:{os.environ['PORT']}", use_reloader=False)

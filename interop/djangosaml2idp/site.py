"""An identity provider with djangosaml2idp, configured as its documentation shows. It runs in its own Python
environment. FOLDER has idp.key and idp.crt."""

from __future__ import annotations

import datetime
import json
import os

import django
import saml2
from django.conf import settings
from django.core.management import call_command
from django.http import HttpResponse
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt
from saml2.saml import NAMEID_FORMAT_EMAILADDRESS, NAMEID_FORMAT_UNSPECIFIED

FOLDER, PORT = os.environ["FOLDER"], os.environ["PORT"]
BASE_URL = f"http://127.0.0.1:{PORT}/idp"
KEYS = {"key_file": f"{FOLDER}/idp.key", "cert_file": f"{FOLDER}/idp.crt"}

settings.configure(
    SECRET_KEY="only-for-tests-on-this-machine",
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": f"{FOLDER}/site.sqlite"}},
    DEFAULT_AUTO_FIELD="django.db.models.AutoField",
    LOGIN_URL="/admin/login/",
    INSTALLED_APPS=[
        "django.contrib.admin",
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.messages",
        "django.contrib.sessions",
        "djangosaml2idp",
    ],
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
    ],
    STATIC_URL="/static/",
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "APP_DIRS": True,
            "OPTIONS": {
                "context_processors": [
                    "django.template.context_processors.request",
                    "django.contrib.auth.context_processors.auth",
                    "django.contrib.messages.context_processors.messages",
                ]
            },
        }
    ],
    SAML_IDP_CONFIG={
        "xmlsec_binary": "/usr/bin/xmlsec1",
        "entityid": f"{BASE_URL}/metadata",
        "description": "Example IdP setup",
        "service": {
            "idp": {
                "name": "Django localhost IdP",
                "endpoints": {
                    "single_sign_on_service": [
                        (f"{BASE_URL}/sso/post/", saml2.BINDING_HTTP_POST),
                        (f"{BASE_URL}/sso/redirect/", saml2.BINDING_HTTP_REDIRECT),
                    ],
                    "single_logout_service": [
                        (f"{BASE_URL}/slo/post/", saml2.BINDING_HTTP_POST),
                        (f"{BASE_URL}/slo/redirect/", saml2.BINDING_HTTP_REDIRECT),
                    ],
                },
                "name_id_format": [NAMEID_FORMAT_EMAILADDRESS, NAMEID_FORMAT_UNSPECIFIED],
                "sign_response": True,
                "sign_assertion": True,
                "want_authn_requests_signed": True,
            },
        },
        **KEYS,
        "encryption_keypairs": [KEYS],
        "valid_for": 365 * 24,
    },
)
django.setup()

from django.contrib import admin  # noqa: E402 (they need the settings)
from django.contrib.auth import get_user_model  # noqa: E402
from djangosaml2idp.models import ServiceProvider  # noqa: E402


@csrf_exempt
def register(request):
    """What an administrator enters for a service provider: its entity ID, its metadata and their last day."""
    last_day = datetime.datetime.now() + datetime.timedelta(days=30)
    ServiceProvider.objects.create(metadata_expiration_dt=last_day, **json.loads(request.body))
    return HttpResponse(status=201)


urlpatterns = [
    path("idp/", include("djangosaml2idp.urls")),
    path("admin/", admin.site.urls),
    path("register/", register),
]

if __name__ == "__main__":
    call_command("migrate", verbosity=0)
    get_user_model().objects.create_superuser("alice", "alice@example.org", "alicepass", first_name="Alice")
    call_command("runserver", f"127.0.0.1:{PORT}", use_reloader=False)

<?php

$config = [
    'people' => [
        'exampleauth:UserPass',
        'alice:alicepass' => [
            'uid' => ['alice'],
            'mail' => ['alice@example.org'],
            'givenName' => ['Alice'],
            'sn' => ['Liddell & "Söhne" <Oxford>'],
            'displayName' => ['Alice Liddell'],
            'eduPersonAffiliation' => ['staff', 'engineering'],
        ],
    ],
];
